import type { Summary } from './summary.js';
import type { Variance } from '../../stats/cluster.js';
import { clusterVariance } from '../../stats/cluster.js';

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
  /** Variance of one seed's difference, on these test units. */
  readonly seedVariance: number;
  /** The part of `seedVariance` that is the test units' luck with that seed's model: `testVariance` holds it already. */
  readonly sharedVariance: number;
  /** testVariance + max(0, seedVariance - sharedVariance) / seeds. */
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
  const byUnit = meanDifference(first, second);
  const test = clusterVariance(byUnit);
  const seedVariance = varianceOf(differences);
  const seeds = differences.length;
  const sharedVariance = betweenSeeds(first, second, byUnit);
  const total = totalVariance(test, { variance: seedVariance, shared: sharedVariance, seeds });
  return {
    estimate: mean(differences),
    differences,
    testVariance: test.variance,
    seedVariance,
    sharedVariance,
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

/**
 * Test rows and seeds together. The difference of a seed is `effect + test rows + seed + test rows x seed`. The influence
 * averaged over R seeds holds the first luck and a share 1/R of the last; the spread over seeds holds the last two. To
 * add them as they are would count the last one twice, and with small trees it is most of the spread. So what test
 * sampling explains of the spread is taken out of it; what is left is at least 0. The uncertainty of the variance stays
 * that of the whole spread (Satterthwaite 1946), which errs on the wide side.
 */
function totalVariance(
  test: Variance,
  spread: { readonly variance: number; readonly shared: number; readonly seeds: number },
): Variance {
  const { seeds } = spread;
  const variance = test.variance + Math.max(0, spread.variance - spread.shared) / seeds;
  const doubt = test.variance ** 2 / test.df + (spread.variance / seeds) ** 2 / (seeds - 1);
  return { variance, df: doubt === 0 ? Number.POSITIVE_INFINITY : variance ** 2 / doubt };
}

/**
 * What test sampling alone lets the differences of the seeds vary by: the test variance of a seed's influence less the
 * mean influence, R/(R-1) for the mean that was taken out.
 */
function betweenSeeds(first: readonly Summary[], second: readonly Summary[], center: Float64Array): number {
  const own = first.map((summary, r) => {
    const other = second[r]!.byUnit;
    return clusterVariance(summary.byUnit.map((value, k) => value - other[k]! - center[k]!)).variance;
  });
  return own.reduce((sum, value) => sum + value, 0) / (own.length - 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample variance with n - 1. */
function varianceOf(values: readonly number[]): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}
