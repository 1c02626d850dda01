import type { Variance } from './cluster.js';
import { tQuantile } from './distributions.js';

/**
 * Smallest effect that a two-sided test at .05 sees with power .8: `(t_.975 + t_.80) sqrt(V)`, about 2.8 standard
 * errors.
 */
export function minimumDetectableEffect({ variance, df }: Variance): number {
  return (tQuantile(0.975, df) + tQuantile(0.8, df)) * Math.sqrt(variance);
}
