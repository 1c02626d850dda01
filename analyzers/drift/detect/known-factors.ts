/** Ratios of units that are mixed up in practice, the usual ones first: cents, thousands, minutes, seconds, KiB. */
const ratios = [10, 100, 1000, 60, 3600, 1024] as const;

/** Factors by which values may have been multiplied: each ratio and its inverse. */
const knownFactors: readonly number[] = [...ratios, ...ratios.map((ratio) => 1 / ratio)];

/**
 * The factor whose logarithm is nearest to `shift` and no further than `tolerance`; null where none is. Of factors that
 * the standard error of the shift cannot tell apart (1000 and 1024, with few rows) it is the more usual one.
 */
export function nearestFactor(shift: number, tolerance: number, error: number): number | null {
  const away = (factor: number): number => Math.abs(Math.log(factor) - shift);
  const nearest = Math.min(...knownFactors.map(away));
  const like = knownFactors.find((factor) => away(factor) <= nearest + 2 * error);
  return nearest <= tolerance ? (like ?? null) : null;
}
