import type { Contest } from './contest.js';

/** Fewest and most pairs: seeds need degrees of freedom, and beyond ten they hardly matter. */
const fewest = 3;
const most = 10;

/**
 * Pairs that fit into `budget` seconds for `arms` arms, by the time of the first pair of A and B, which is trained here and
 * kept. The only look at a clock; with the same number of pairs, the same results follow.
 */
export async function pairsFor(contest: Contest, arms: number, budget: number): Promise<number> {
  const start = performance.now();
  await contest.experiment.train([contest.arm.a, contest.arm.b], [0]);
  const seconds = (performance.now() - start) / 1000;
  const perPair = (seconds / 2) * (arms + 2);
  return Math.max(fewest, Math.min(most, Math.floor(budget / perPair)));
}
