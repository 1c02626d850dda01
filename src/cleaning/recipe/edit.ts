import type { RecipeEdit } from '../../core/recipe-edit.js';
import type { PlanVerb, Recipe, RecipeStep } from './recipe.js';
import { stillMeasured } from '../../core/recipe-edit.js';

/**
 * The recipe as edited: verbs are numbered anew, so that ids ascend. A gain was measured on top of the steps before it,
 * so it stands only while these are the ones it was measured with; elsewhere the evidence is dropped and the step is the
 * person's.
 */
export function editRecipe(recipe: Recipe, edit: RecipeEdit): Recipe {
  const { hash: _, ...made } = recipe;
  let id = 0;
  const steps = edit.order.map((at, place): RecipeStep => {
    const step = withStrength(recipe.steps[at]!, edit.strength[at]);
    const plan = step.plan.map((verb): PlanVerb => ({ ...verb, id: ++id }));
    return stillMeasured(edit, place) ? { ...step, plan } : { ...step, plan, acceptedBy: 'person', evidence: null };
  });
  const gone = recipe.steps.filter((__, at) => !edit.order.includes(at));
  return {
    ...made,
    steps,
    exceptions: [...recipe.exceptions, ...edit.exceptions],
    rejected: [
      ...recipe.rejected,
      ...gone.map(({ defect, repair }) => ({ defect, repair, decision: 'rejected', reason: 'A person rejected it.' })),
    ],
  };
}

/** The factor by which a step weights rows; null where it does anything else besides. */
export function strengthOf({ plan: [verb, ...others] }: Pick<RecipeStep, 'plan'>): number | null {
  return others.length === 0 && verb?.verb === 'weight-row' ? verb.factor : null;
}

function withStrength(step: RecipeStep, factor: number | undefined): RecipeStep {
  if (factor === undefined || strengthOf(step) === null) return step;
  const plan = step.plan.map((verb): PlanVerb => (verb.verb === 'weight-row' ? { ...verb, factor } : verb));
  return { ...step, plan, strength: factor };
}
