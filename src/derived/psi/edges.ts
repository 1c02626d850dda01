import { quantileSorted } from '../../stats/quantile.js';

/** Columns of numbers with no more values than this are compared value by value, so that a new one is seen. */
const fewValues = 20;

/**
 * Edges of bins of equal depth from a sample of the reference, without repeats and without empty bins; null where the
 * column has few values and is better compared value by value. `values` may hold NaN for null.
 */
export function equalDepthEdges(values: Float64Array, bins: number = 10): readonly number[] | null {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  if (countDistinct(sorted, fewValues + 1) <= fewValues) return null;
  const last = sorted.at(-1)!;
  const edges = Array.from({ length: bins - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / bins));
  return [...new Set(edges)].filter((edge) => edge < last);
}

/** Distinct values of a sorted array, counted up to `most`. */
function countDistinct(sorted: Float64Array, most: number): number {
  let count = 0;
  for (let i = 0; i < sorted.length && count < most; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}
