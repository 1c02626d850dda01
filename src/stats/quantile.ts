/**
 * Quantile with linear interpolation between order statistics, type 7 of Hyndman and Fan 1996 (Sample quantiles in
 * statistical packages), as NumPy, R and DuckDB's `quantile_cont` give it. `sorted` ascends; NaN where it is empty.
 */
export function quantileSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, q));
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high ? low : low + (place - below) * (high - low);
}

/** The same of values in any order; NaN among them sorts last. */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileSorted(Float64Array.from(values).sort(), q);
}
