/**
 * `value` rounded to 12 significant digits. Sums of floats depend on the order in which threads add them; rounded
 * values do not, so they may be stored and compared. NaN and infinities stay as they are; -0 becomes 0.
 */
export function round12(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) + 0 : value;
}
