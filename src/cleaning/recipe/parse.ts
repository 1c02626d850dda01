import { readFile } from 'node:fs/promises';
import type { Recipe } from './recipe.js';
import { AssayError } from '../../core/errors.js';
import { parseYaml } from '../../core/yaml-file.js';
import { contentHash } from './content-hash.js';
import { recipeKeys, recipeSchema } from './schema.js';

/** A recipe as it was read. */
export interface ReadRecipe {
  readonly recipe: Recipe;
  readonly text: string;
  /** True where its content is not what Assay wrote; a right of the user, and worth a notice. */
  readonly edited: boolean;
}

/** Reads a recipe file. @throws AssayError `file-not-found`, or `config-invalid` as {@link parseRecipe} does. */
export async function readRecipe(file: string): Promise<ReadRecipe> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path: file }, { cause });
  });
  return parseRecipe(file, text);
}

/**
 * Parses the text of a recipe; the one place that does. `file` is for messages.
 * @throws AssayError `config-invalid` with line, column and the nearest valid name.
 */
export function parseRecipe(file: string, text: string): ReadRecipe {
  const yaml = parseYaml(file, text, recipeSchema, recipeKeys);
  const recipe = yaml.value;
  let last = 0;
  recipe.steps.forEach((step, i) => {
    step.plan.forEach(({ id }, j) => {
      if (id <= last) throw yaml.fault(['steps', i, 'plan', j, 'id'], `ids ascend, and ${id} follows ${last}`);
      last = id;
    });
  });
  return { recipe, text, edited: recipe.hash !== contentHash(recipe) };
}
