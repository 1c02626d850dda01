/** Ratios of units that are mixed up in practice: cents, thousands, minutes, seconds, KiB. Each also as its inverse. */
const ratios = [10, 60, 100, 1000, 1024, 3600] as const;

/** Factors by which values may have been multiplied. */
export const knownFactors: readonly number[] = [...ratios, ...ratios.map((ratio) => 1 / ratio)];

/** The factor whose logarithm is nearest to `shift` and no further than `tolerance`; null where none is. */
export function nearestFactor(shift: number, tolerance: number): number | null {
  const away = (factor: number): number => Math.abs(Math.log(factor) - shift);
  const best = knownFactors.reduce((a, b) => (away(b) < away(a) - 1e-12 ? b : a));
  return away(best) <= tolerance ? best : null;
}
