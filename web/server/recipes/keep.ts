import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { editRecipe } from '../../../src/cleaning/recipe/edit.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import type { RecipeEdited, RecipeKept } from '../../contract/recipe.js';
import { notFound, Refusal } from '../problems.js';
import type { Services } from '../services.js';
import { recipeOf } from './review.js';

/** Recipes that are kept of one run. */
const most = 1000;

/**
 * Writes the recipe of a run as a person edited it to a folder of its own (`<folder>/recipes/<run>-<n>`), with the keyed
 * lists it names, so that it can be applied where it lies. The run is never altered.
 */
export async function keepEdited(
  { runs, folder }: Pick<Services, 'runs' | 'folder'>,
  id: string,
  edited: RecipeEdited,
): Promise<RecipeKept> {
  const read = await recipeOf(runs, id);
  if (read === null) throw notFound('recipe');
  const { recipe } = read;
  if (edited.order.some((at) => at >= recipe.steps.length))
    throw new Refusal(400, 'request-invalid', `The recipe has ${recipe.steps.length} steps, numbered from 0.`);
  const strength = Object.fromEntries(edited.strength.map(({ step, factor }) => [step, factor]));
  const text = printRecipe(editRecipe(recipe, { ...edited, strength }), [
    'A person edited it: its proof is that of the recipe it was made from, not of this one.',
  ]);
  const name = await freeFolder(path.join(folder, 'recipes'), id);
  const home = path.join(folder, 'recipes', name);
  const lists = await runs.lists(id);
  if (lists !== null) await cp(lists, path.join(home, 'lists'), { recursive: true, verbatimSymlinks: true });
  await writeFile(path.join(home, 'recipe.yaml'), text, { flag: 'wx' });
  const file = path.join(path.basename(folder), 'recipes', name, 'recipe.yaml');
  return { file, text, command: `assay apply ${file} DATA --out DIR` };
}

/** The first of `<run>-1`, `<run>-2` … that is free, made. */
async function freeFolder(recipes: string, run: string): Promise<string> {
  await mkdir(recipes, { recursive: true });
  for (let n = 1; n <= most; n++) {
    const name = `${run}-${n}`;
    const made = await mkdir(path.join(recipes, name)).then(
      () => true,
      (thrown: NodeJS.ErrnoException) => {
        if (thrown.code === 'EEXIST') return false;
        throw thrown;
      },
    );
    if (made) return name;
  }
  throw new Refusal(409, 'busy', `${most} recipes of this run are kept already. Remove some from the folder recipes.`);
}
