import type { Summary } from './summary.js';
import { clusterVariance } from '../../stats/cluster.js';
import { satterthwaite } from '../../stats/satterthwaite.js';

/**
 * A difference of two arms over paired seeds, with the two components of its variance. The estimand is the effect on
 * this training set: test units and seeds are random, the training rows are not.
 */
export interface Paired {
  /** Mean over seeds of first minus second. */
  readonly estimate: number;
  /** Difference of each seed. */
  readonly differences: readonly number[];
  /** Variance from the test units, of the influence averaged over seeds (Obuchowski 1997 in its influence form). */
  readonly testVariance: number;
  /** Variance of one seed's difference; its share in the total is divided by the number of seeds. */
  readonly seedVariance: number;
  /** testVariance + seedVariance / seeds. */
  readonly variance: number;
  /** Degrees of freedom of `variance` (Satterthwaite 1946). */
  readonly df: number;
  /** How many units of equal influence the test units are worth. */
  readonly effectiveUnits: number;
  /** Influence by unit, averaged over seeds: what linear combinations of effects are built from. */
  readonly byUnit: Float64Array;
  readonly seeds: number;
}

/** Of one arm alone: the same as the difference from nothing. */
export function single(summaries: readonly Summary[]): Paired {
  return paired(
    summaries,
    summaries.map(({ byUnit }) => ({ value: 0, byUnit: new Float64Array(byUnit.length) })),
  );
}

/** Pairs the trials of two arms by seed; both lists are in seed order and of equal length, at least 2. */
export function paired(first: readonly Summary[], second: readonly Summary[]): Paired {
  const differences = first.map((summary, r) => summary.value - second[r]!.value);
  return pairedOf(differences, meanDifference(first, second));
}

/** From the difference of each seed, at least 2, and the influence by unit averaged over seeds. */
export function pairedOf(differences: readonly number[], byUnit: Float64Array): Paired {
  const test = clusterVariance(byUnit);
  const seedVariance = varianceOf(differences);
  const seeds = differences.length;
  const total = satterthwaite([
    { variance: test.variance, df: test.df },
    { variance: seedVariance / seeds, df: seeds - 1 },
  ]);
  return {
    estimate: mean(differences),
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

function meanDifference(first: readonly Summary[], second: readonly Summary[]): Float64Array {
  const units = first[0]!.byUnit.length;
  const sum = new Float64Array(units);
  first.forEach((summary, r) => {
    const other = second[r]!.byUnit;
    for (let k = 0; k < units; k++) sum[k] = sum[k]! + summary.byUnit[k]! - other[k]!;
  });
  return sum.map((value) => value / first.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample variance with n - 1. */
function varianceOf(values: readonly number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}
