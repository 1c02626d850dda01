import type { Recipe } from '../cleaning/recipe/recipe.js';
import type { SchemaDiff } from '../derived/schema/diff/change.js';
import { withoutDefect } from '../cleaning/recipe/recipe.js';
import { printRecipe } from '../cleaning/recipe/print.js';
import { AssayError } from '../core/errors.js';
import { version } from '../core/version.js';
import { changeSentence } from '../derived/schema/diff/sentence.js';

/**
 * The migration of a diff as a recipe that `apply` carries out: data of A becomes data of B. `made`: content hash and rows
 * of A, where it was a data set.
 *
 * @throws AssayError `migration-refused` with each reason, where a change cannot be made.
 */
export function migrationRecipe(
  { plan, changes }: SchemaDiff,
  names: { readonly a: string; readonly b: string },
  made: { readonly source: string; readonly rows: number },
): string {
  const reasons = changes.flatMap(({ refused }) => (refused === undefined ? [] : [refused]));
  if (plan === null) throw new AssayError('migration-refused', { ...names, reasons });
  const recipe: Recipe = {
    version: 1,
    made: { assay: version, ...made },
    // Every column is a column here: labels are written otherwise, too.
    label: null,
    weight: null,
    steps:
      plan.steps.length === 0
        ? []
        : [
            {
              defect: 'schema',
              repair: 'migration',
              title: `read ${names.a} under ${names.b}`,
              strength: null,
              acceptedBy: 'person',
              evidence: null,
              plan: plan.steps.map(withoutDefect),
            },
          ],
    exceptions: [],
    rejected: [],
  };
  return printRecipe(recipe, ['', `Makes data like ${names.a} data like ${names.b}:`, ...changes.map(changeSentence)]);
}
