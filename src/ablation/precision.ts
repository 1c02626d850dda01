import type { Arm } from './arm.js';
import type { Experiment } from './experiment.js';
import { seedList } from './seeds.js';

/** How many pairs: `start` of them, and more until seeds hardly matter, `most` at the utmost. */
export interface SeedRange {
  readonly start: number;
  readonly most: number;
}

/** Is told of the arms whose pairs were just trained, and whether that was all of them. */
export type PairsTold = (arm: Arm, pairs: number, settled: boolean) => void;

/** Seeds matter little when their share of the variance is at most this part of the test rows' share. */
const tolerated = 0.1;

/**
 * Trains `arms` and the data as it is on as many pairs as precision asks for: until s2/R <= .10 of the test variance.
 * It looks at the spread only, never at the effect, so testing once afterwards keeps its error rate. Returns the
 * number of pairs of each arm; their seeds are 0 .. R-1.
 */
export async function trainUntilPrecise(
  experiment: Experiment,
  arms: readonly Arm[],
  range: SeedRange,
  told: PairsTold = () => {},
): Promise<ReadonlyMap<Arm, number>> {
  const pairs = new Map<Arm, number>();
  let open = arms;
  let count = Math.min(range.start, range.most);
  while (open.length > 0) {
    await experiment.train([experiment.asIs, ...open], seedList(count));
    for (const arm of open) pairs.set(arm, count);
    const needs = open.map((arm) => pairsNeeded(experiment, arm, count));
    const goesOn = (i: number): boolean => needs[i]! > count && count < range.most;
    for (const [i, arm] of open.entries()) told(arm, count, !goesOn(i));
    open = open.filter((_, i) => goesOn(i));
    const smallest = Math.min(...needs.filter((need) => need > count));
    count = Math.min(range.most, Math.max(count + 1, smallest));
  }
  return pairs;
}

/**
 * ceil(s2 / (.10 V_test)), from the pairs trained so far. The test variance of all evaluation rows is foretold from the
 * inner ones (variance falls with the number of positives), so that outer rows stay unseen.
 */
function pairsNeeded(experiment: Experiment, arm: Arm, count: number): number {
  const { seedVariance, testVariance } = experiment.difference(arm, experiment.asIs, seedList(count), 'inner');
  if (seedVariance === 0) return count;
  const share = experiment.rows('inner').positives / experiment.rows('evaluation').positives;
  return testVariance === 0 ? Infinity : Math.ceil(seedVariance / (tolerated * testVariance * share));
}
