import type { Variance } from './cluster.js';

/**
 * Mean of a series in order of time, at least 2 values, with its variance: `(s2 + 2 (K-1)/K max(0, c1)) / K`, c1 the
 * autocovariance at lag 1. Neighbours that are alike carry less than as many strangers; neighbours that differ are not
 * counted as a gain. K - 1 degrees of freedom.
 */
export function meanOfSeries(values: readonly number[]): Variance & { readonly value: number } {
  const n = values.length;
  const value = values.reduce((sum, x) => sum + x, 0) / n;
  const off = values.map((x) => x - value);
  const spread = off.reduce((sum, x) => sum + x * x, 0) / (n - 1);
  const lagged = off.slice(1).reduce((sum, x, i) => sum + x * off[i]!, 0) / (n - 1);
  return { value, variance: (spread + (2 * (n - 1) * Math.max(0, lagged)) / n) / n, df: n - 1 };
}
