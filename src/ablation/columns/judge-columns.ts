import type { ColumnWorth } from '../../core/worth.js';
import type { Paired } from '../effect/paired.js';
import { benjaminiHochberg } from '../../stats/correction.js';
import { leastUnits } from '../effect/floor.js';
import { limitsOf } from '../effect/limits.js';
import { tCdf } from '../../stats/distributions.js';

/** Share of wrong entries tolerated in either list. */
const q = 0.1;

/**
 * Verdicts of leaving columns out, in input order. Two lists, each corrected over all entries (Benjamini & Hochberg
 * 1995): those whose loss costs AUC, and those whose loss provably costs less than the budget. An entry on both is
 * affordable and can go. A model that never looks at a column cannot miss it.
 */
export function judgeColumns(costs: readonly Paired[], budget: number): readonly ColumnWorth['verdict'][] {
  const judged = costs.map((cost) => testsOf(cost, budget));
  const hurts = benjaminiHochberg(judged.map((test) => test.hurts));
  const affordable = benjaminiHochberg(judged.map((test) => test.affordable));
  return costs.map((_, i) => {
    if (judged[i]!.within && affordable[i]! <= q) return 'can-go';
    return hurts[i]! <= q ? 'pays' : 'not-resolved';
  });
}

/** One-sided p of `the loss costs nothing` and of `it costs the budget or more`. */
function testsOf(cost: Paired, budget: number): { hurts: number; affordable: number; within: boolean } {
  if (cost.variance === 0) return { hurts: 1, affordable: 0, within: cost.estimate <= budget };
  if (!(cost.effectiveUnits >= leastUnits)) return { hurts: 1, affordable: 1, within: false };
  const { pAbove, upper95 } = limitsOf(cost);
  const t = (cost.estimate - budget) / Math.sqrt(cost.variance);
  return { hurts: pAbove, affordable: tCdf(t, cost.df), within: upper95 <= budget };
}
