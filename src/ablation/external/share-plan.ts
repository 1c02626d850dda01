/** How much of the budget a second model gets; the built-in one, which chooses and proves, keeps the rest. */
export const secondShare = 0.5;

/** What is trained on a second model: kept in the plan of trials, so that a replay trains the same. */
export interface SharePlan {
  /** Seconds of one training, as it was taken; nothing reads it. */
  readonly secondsPerTraining: number;
  /** Pairs of each arm, at least 2; 0: nothing is trained. */
  readonly pairs: number;
  /** Repairs at most, those with the largest built-in effect first. */
  readonly repairs: number;
  /** Sensitivities at most, in order. */
  readonly sensitivities: number;
}

const mostPairs = 5;
/** Below this many pairs other arms give way before pairs do. */
const fairPairs = 3;

/**
 * What `budget` seconds buy: pairs (5 down to 3) for all repairs with the data as it is; fewer repairs; then 2 pairs of
 * one repair, the least that has an interval. What is left over buys sensitivities. A pure function.
 */
export function sharePlan(
  work: { readonly repairs: number; readonly sensitivities: number },
  secondsPerTraining: number,
  budget: number,
): SharePlan {
  const affordable = Math.floor(budget / secondsPerTraining);
  const rounded = Math.max(0.001, Math.round(1000 * secondsPerTraining) / 1000);
  const none = { secondsPerTraining: rounded, pairs: 0, repairs: 0, sensitivities: 0 };
  if (affordable < 4 || work.repairs === 0) return none;
  const wished = Math.min(mostPairs, Math.floor(affordable / (work.repairs + 1)));
  const pairs = wished >= fairPairs ? wished : Math.min(fairPairs, Math.floor(affordable / 2));
  const repairs = Math.min(work.repairs, Math.floor(affordable / pairs) - 1);
  const left = affordable - pairs * (repairs + 1);
  return { ...none, pairs, repairs, sensitivities: Math.min(work.sensitivities, Math.floor(left / pairs)) };
}

/** What a plan leaves out, in words. */
export function leftOutOf(
  plan: SharePlan,
  work: { readonly repairs: number; readonly sensitivities: number },
): string[] {
  if (plan.pairs === 0) {
    return work.repairs === 0
      ? []
      : [
          `One training takes about ${plan.secondsPerTraining} s: its share of the budget holds no comparison. Raise --budget.`,
        ];
  }
  const said: string[] = [];
  if (plan.repairs < work.repairs) {
    said.push(
      `${plan.repairs} of ${work.repairs} repairs were trained, those with the largest effect on the built-in model.`,
    );
  }
  if (plan.sensitivities < work.sensitivities) {
    said.push(`${work.sensitivities - plan.sensitivities} of ${work.sensitivities} sensitivities were not measured.`);
  }
  if (plan.pairs < mostPairs) said.push(`Each rests on ${plan.pairs} pairs.`);
  return said;
}
