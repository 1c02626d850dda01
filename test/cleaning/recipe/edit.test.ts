import { describe, expect, it } from 'vitest';
import { editRecipe, strengthOf } from '../../../src/cleaning/recipe/edit.js';
import { parseRecipe } from '../../../src/cleaning/recipe/parse.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import type { Recipe, RecipeStep } from '../../../src/cleaning/recipe/recipe.js';
import { stillMeasured } from '../../../src/core/recipe-edit.js';

const step = (repair: string, ids: readonly number[]): RecipeStep => ({
  defect: 'duplicates',
  repair,
  title: repair,
  strength: null,
  acceptedBy: 'chain',
  evidence: { gain: { value: 0.002, low: 0.001, high: 0.003 }, units: 5, seeds: 6 },
  plan: ids.map((id) => ({ id, code: 'duplicates.exact', verb: 'weight-row', where: { all: true }, factor: 0.5 })),
});
const recipe: Recipe = {
  version: 1,
  made: { assay: '0.1.0', source: 'x', rows: 9 },
  label: 'y',
  weight: null,
  steps: [step('a', [1]), step('b', [2, 3]), step('c', [4])],
  exceptions: [],
  rejected: [],
};
const none = { strength: {}, exceptions: [] };

describe('editing a recipe', () => {
  it('keeps the evidence of steps before the first change and drops it from there on', () => {
    const edited = editRecipe(recipe, { ...none, order: [0, 2] });
    expect(edited.steps.map((s) => [s.repair, s.evidence !== null, s.acceptedBy])).toEqual([
      ['a', true, 'chain'],
      ['c', false, 'person'],
    ]);
    expect(edited.rejected).toEqual([
      { defect: 'duplicates', repair: 'b', decision: 'rejected', reason: 'A person rejected it.' },
    ]);
  });

  it('numbers verbs anew, so that the file is read again', () => {
    const edited = editRecipe(recipe, { ...none, order: [2, 1, 0] });
    expect(edited.steps.flatMap((s) => s.plan.map((verb) => verb.id))).toEqual([1, 2, 3, 4]);
    const read = parseRecipe('recipe.yaml', printRecipe(edited, []));
    expect(read.edited).toBe(false);
    expect(read.recipe.steps.map((s) => s.repair)).toEqual(['c', 'b', 'a']);
  });

  it('sets the strength of a step that weights rows, and makes what follows unmeasured', () => {
    const edit = { ...none, order: [0, 1, 2], strength: { 2: 0.25 } };
    const edited = editRecipe(recipe, edit);
    expect(strengthOf(edited.steps[2]!)).toBe(0.25);
    expect(edited.steps[2]?.strength).toBe(0.25);
    expect([0, 1, 2].map((place) => stillMeasured(edit, place))).toEqual([true, true, false]);
    expect(strengthOf(recipe.steps[1]!)).toBeNull();
  });

  it('trusts no gain once a row is set apart: every step may have hit it', () => {
    const edit = { order: [0, 1, 2], strength: {}, exceptions: [{ row: '0:17', reason: 'checked' }] };
    const edited = editRecipe(recipe, edit);
    expect(edited.exceptions).toEqual([{ row: '0:17', reason: 'checked' }]);
    expect(edited.steps.every((s) => s.evidence === null)).toBe(true);
  });
});
