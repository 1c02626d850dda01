import type { Paired } from './paired.js';
import type { RowSet } from './row-set.js';

/**
 * A logloss difference as normalised entropy (He et al. 2014): both arms share the base rate, so its entropy is a
 * constant and everything scales with it.
 */
export function normalised(logloss: Paired, rows: Pick<RowSet, 'label' | 'weight'>): Paired {
  const entropy = entropyOf(baseRate(rows));
  return {
    ...logloss,
    estimate: logloss.estimate / entropy,
    differences: logloss.differences.map((difference) => difference / entropy),
    testVariance: logloss.testVariance / entropy ** 2,
    seedVariance: logloss.seedVariance / entropy ** 2,
    variance: logloss.variance / entropy ** 2,
    byUnit: logloss.byUnit.map((influence) => influence / entropy),
  };
}

function baseRate({ label, weight }: Pick<RowSet, 'label' | 'weight'>): number {
  let positive = 0;
  let all = 0;
  label.forEach((y, i) => {
    const w = weight?.[i] ?? 1;
    all += w;
    positive += w * y;
  });
  return positive / all;
}

/** Entropy of a rate inside (0, 1), in nats. */
function entropyOf(rate: number): number {
  return -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
}
