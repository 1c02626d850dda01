import type { Variance } from './cluster.js';
import { clusterVariance, sumByUnit } from './cluster.js';

/** A way of grouping rows: the unit of each row, 0 .. units-1, every unit present. */
export interface Grouping {
  readonly unit: ArrayLike<number>;
  readonly units: number;
}

/**
 * Variance where rows depend through two groupings at once, such as user and item: `V_a + V_b - V_rows`, or the larger
 * of V_a and V_b if that is more (Cameron, Gelbach and Miller 2011, Robust inference with multiway clustering). The
 * degrees of freedom are those of the term that won, the smaller of the two groupings for the sum.
 */
export function twoWayVariance(influence: ArrayLike<number>, a: Grouping, b: Grouping): Variance {
  const byA = clusterVariance(sumByUnit(influence, a.unit, a.units));
  const byB = clusterVariance(sumByUnit(influence, b.unit, b.units));
  const both: Variance = {
    variance: byA.variance + byB.variance - clusterVariance(influence).variance,
    df: Math.min(byA.df, byB.df),
  };
  return [byA, byB, both].reduce((best, next) => (next.variance > best.variance ? next : best));
}
