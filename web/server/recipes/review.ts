import { readFile } from 'node:fs/promises';
import type { ReadRecipe } from '../../../src/cleaning/recipe/parse.js';
import { parseRecipe } from '../../../src/cleaning/recipe/parse.js';
import { strengthOf } from '../../../src/cleaning/recipe/edit.js';
import type { RecipeReview } from '../../contract/recipe.js';
import type { RunStore } from '../runs/run-folder.js';

/** The recipe of a run; null where it wrote none. */
export async function recipeOf(runs: RunStore, id: string): Promise<ReadRecipe | null> {
  await runs.read(id);
  const file = await runs.file(id, 'recipe.yaml');
  return file === null ? null : parseRecipe('recipe.yaml', await readFile(file, 'utf8'));
}

/** The recipe as people review it. */
export async function reviewOf(runs: RunStore, id: string): Promise<RecipeReview> {
  const read = await recipeOf(runs, id);
  if (read === null) return { text: null, steps: [], exceptions: [], rejected: [], changes: false };
  const { steps, exceptions, rejected } = read.recipe;
  return {
    text: read.text,
    steps: steps.map((step) => ({
      defect: step.defect,
      repair: step.repair,
      title: step.title,
      acceptedBy: step.acceptedBy,
      gain: step.evidence?.gain ?? null,
      units: step.evidence?.units ?? null,
      seeds: step.evidence?.seeds ?? null,
      strength: strengthOf(step),
      verbs: [...new Set(step.plan.map((verb) => verb.verb))],
    })),
    exceptions,
    rejected,
    changes: (await runs.changes(id)) !== null,
  };
}
