import type { Recipe, RecipeStep } from '../cleaning/recipe/recipe.js';
import { withoutDefect } from '../cleaning/recipe/recipe.js';
import type { ChainStep, Cleaning } from '../core/effect.js';
import type { Plan, Step } from '../core/plan.js';
import type { Study } from '../core/study.js';
import { printRecipe } from '../cleaning/recipe/print.js';
import { version } from '../core/version.js';

/** The recipe of a run as commented YAML: the accepted repairs with their evidence. An empty one says why it is empty. */
export function recipeText(plan: Plan, cleaning: Cleaning, study: Study): string {
  const accepted = cleaning.steps.filter((step) => step.decision === 'accepted');
  const recipe: Recipe = {
    version: 1,
    made: { assay: version, source: study.whole.hash, rows: study.whole.rows },
    label: study.roles.label?.column.name ?? null,
    weight: study.roles.weight?.name ?? null,
    steps: stepsOf(plan, accepted),
    exceptions: [],
    rejected: cleaning.steps
      .filter((step) => step.decision !== 'accepted')
      .map(({ defect, repair, decision, reason }) => ({ defect, repair, decision, reason })),
  };
  const { proof } = cleaning;
  const proven =
    proof === null
      ? 'Nothing was accepted, so nothing is changed.'
      : `Proof on rows that took no part in choosing: AUC ${short(proof.gain)} [${short(proof.low)}, ${short(proof.high)}], ${proof.holds ? 'holds' : 'does not hold'}.`;
  return printRecipe(recipe, [proven]);
}

/** The plan cut into the repairs it was made of: each has one defect and one code, and they stand in order. */
function stepsOf(plan: Plan, accepted: readonly ChainStep[]): readonly RecipeStep[] {
  const groups: Step[][] = [];
  for (const step of plan.steps) {
    const last = groups.at(-1);
    const same = last?.[0]?.defect === step.defect && last[0].code === step.code;
    const on = groups.length === accepted.length || (same && !isNext(accepted, groups.length, step));
    if (last !== undefined && on) last.push(step);
    else groups.push([step]);
  }
  return groups.map((steps, i) => {
    const { defect, repair, title, gain, units, seeds, strength } = accepted[i]!;
    const verbs = steps.map(withoutDefect);
    return {
      defect,
      repair,
      title,
      strength: strength ?? null,
      acceptedBy: 'chain',
      evidence: { gain, units, seeds },
      plan: verbs,
    };
  });
}

/** Two repairs of one defect and code in a row: a step each, the rest to the last of them. */
function isNext(accepted: readonly ChainStep[], index: number, step: Step): boolean {
  return accepted[index]?.defect === step.defect && accepted[index - 1]?.defect === step.defect;
}

function short(value: number): string {
  return value.toFixed(4);
}
