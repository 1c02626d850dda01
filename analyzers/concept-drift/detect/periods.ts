import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import { bucketSeconds } from '../../../src/derived/time-width.js';
import { quantile } from '../../../src/stats/quantile.js';

/** Training rows before and from a moment on, as places in the rows of the overlay, ascending. */
export interface Periods {
  /** Seconds since 1970. */
  readonly from: number;
  readonly early: Int32Array;
  readonly late: Int32Array;
}

/** Cuts off about the share of latest rows, at the beginning of a day (hour, minute); null where a side would be empty. */
export function periodsOf(frame: Frame, base: Overlay, lateShare: number): Periods | null {
  if (frame.time === null) return null;
  const time = new Float64Array(base.rows.length);
  for (let i = 0; i < time.length; i++) time[i] = frame.time[base.rows[i]!]!;
  const known = time.filter((t) => !Number.isNaN(t)).sort();
  if (known.length === 0) return null;
  const width = bucketSeconds(known.at(-1)! - known[0]!);
  const from = Math.round(quantile(known, 1 - lateShare) / width) * width;
  const places = Int32Array.from(time.keys());
  const early = places.filter((i) => time[i]! < from);
  const late = places.filter((i) => time[i]! >= from);
  return early.length === 0 || late.length === 0 ? null : { from, early, late };
}
