import type { Paired } from './paired.js';
import { clusterVariance } from '../../stats/cluster.js';
import { satterthwaite } from '../../stats/satterthwaite.js';

/**
 * First minus second, of two paired differences over the same units and seeds: influences and seeds stay paired.
 */
export function contrast(first: Paired, second: Paired): Paired {
  const differences = first.differences.map((value, r) => value - second.differences[r]!);
  const byUnit = first.byUnit.map((value, k) => value - second.byUnit[k]!);
  const seeds = differences.length;
  const estimate = differences.reduce((sum, value) => sum + value, 0) / seeds;
  const seedVariance = differences.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / (seeds - 1);
  const test = clusterVariance(byUnit);
  const total = satterthwaite([
    { variance: test.variance, df: test.df },
    { variance: seedVariance / seeds, df: seeds - 1 },
  ]);
  return {
    estimate,
    differences,
    testVariance: test.variance,
    seedVariance,
    variance: total.variance,
    df: total.df,
    effectiveUnits: test.df + 1,
    byUnit,
    seeds,
  };
}
