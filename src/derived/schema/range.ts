import type { TypeName } from '../../core/plan.js';
import type { Portrait } from './schema.js';
import { typeKind } from '../../dataset/sql/type-kinds.js';

/** An end of the range is firm where its value was seen in this many of the rows looked at. */
const firmRows = 5;

/**
 * Limits that another sample of the same law keeps: a whole number of few values ends where it was often seen to end, a
 * share lies in [0, 1], and otherwise there is room beyond the extremes: as much again as the span, or as the greatest is
 * above the 95% quantile in ratio, whichever is more. Numbers that are never below 0 stay so.
 */
export function rangeOf(
  low: number,
  high: number,
  type: TypeName,
  seen: Portrait,
  rows: number,
): readonly [number | null, number | null] {
  if (typeKind(type) === 'integer' && seen.levels !== undefined) {
    const often = (value: number): boolean =>
      seen.levels!.some(([text, share]) => Number(text) === value && share * Math.min(rows, 50_000) >= firmRows);
    if (often(low) && often(high)) return [low, high];
  }
  if (low >= 0 && high <= 1 && typeKind(type) !== 'integer') return [0, 1];
  const span = high - low;
  const above = high + Math.max(span, tail(high, seen.quantiles?.at(-2)));
  const below = low - Math.max(span, tail(low, seen.quantiles?.[1]));
  return [low >= 0 ? 0 : -outward(-below), high <= 0 ? 0 : outward(above)];
}

/** How far beyond an end the law may reach, if it goes on as it does between `near` and the end. */
function tail(end: number, near: number | undefined): number {
  return near !== undefined && near * end > 0 ? Math.abs(end) * (Math.abs(end / near) - 1) : 0;
}

/** Two significant digits, away from zero. */
function outward(value: number): number {
  if (value <= 0) return value;
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / step) * step).toPrecision(2));
}
