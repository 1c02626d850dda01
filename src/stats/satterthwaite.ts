import type { Variance } from './cluster.js';

/**
 * Sum of independent variance components with the degrees of freedom `(sum V)^2 / sum(V^2/df)` (Satterthwaite 1946, An
 * approximate distribution of estimates of variance components). Infinite where all components are 0.
 */
export function satterthwaite(parts: readonly Variance[]): Variance {
  let variance = 0;
  let spread = 0;
  for (const part of parts) {
    variance += part.variance;
    if (part.variance > 0) spread += (part.variance * part.variance) / part.df;
  }
  return { variance, df: spread === 0 ? Number.POSITIVE_INFINITY : (variance * variance) / spread };
}
