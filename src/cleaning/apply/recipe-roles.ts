import type { Column, Relation } from '../../core/relation.js';
import type { Roles } from '../../core/study.js';
import type { Recipe } from '../recipe/recipe.js';
import { columnNamed } from '../../core/relation.js';
import { noRoles } from '../../core/study.js';

/** The roles that a recipe names, where their columns are there: scored rows have no label, and nothing is inferred. */
export function rolesOf(relation: Relation, recipe: Recipe): Roles {
  const column = (name: string | null): Column | null => (name === null ? null : (columnNamed(relation, name) ?? null));
  const label = column(recipe.label);
  return {
    ...noRoles,
    // Steps set label values as they are, so which of them counts as 1 does not matter.
    label: label === null ? null : { column: label, positive: '1', negative: '0' },
    weight: column(recipe.weight),
  };
}
