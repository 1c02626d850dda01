/** Ratios of units that are mixed up in practice, the usual ones first: cents, thousands, minutes, seconds, KiB. */
const usualRatios: readonly number[] = [10, 100, 1000, 60, 3600, 1024];

/** Those, and what else a new version of a table may bring: micro- and nanoseconds, days. */
export const versionRatios: readonly number[] = [...usualRatios, 1e6, 1e9, 86_400] as const;

/**
 * The ratio, or its inverse, whose logarithm is nearest to `shift` and no further than `tolerance`; null where none is. Of
 * factors that the standard error of the shift cannot tell apart (1000 and 1024, with few rows) it is the more usual one.
 */
export function nearestFactor(
  shift: number,
  tolerance: number,
  error: number,
  ratios: readonly number[] = usualRatios,
): number | null {
  const factors = [...ratios, ...ratios.map((ratio) => 1 / ratio)];
  const away = (factor: number): number => Math.abs(Math.log(factor) - shift);
  const nearest = Math.min(...factors.map(away));
  const like = factors.find((factor) => away(factor) <= nearest + 2 * error);
  return nearest <= tolerance ? (like ?? null) : null;
}
