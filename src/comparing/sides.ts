import type { Frame } from '../models/frame/frame.js';
import type { RowSet } from '../ablation/effect/row-set.js';
import { rowSetAt } from '../ablation/effect/row-set.js';
import { shared } from '../models/frame/shared.js';
import { renumberUnits } from '../stats/cluster.js';

/** Which of the two data sets a row belongs to. */
export type Side = 'a' | 'b';

/** Marks the frame rows of one side with 1. Keys of A start at `firstKeyOfA`. */
export function marksOf(frame: Frame, firstKeyOfA: bigint, side: Side): Uint8Array {
  return Uint8Array.from(frame.keys, (key) => (key >= firstKeyOfA === (side === 'a') ? 1 : 0));
}

/**
 * Keys of draws: row i of A has that of row i of B. A trial draws by key, so two versions of one log are trained on the
 * same bags, and two samples lose nothing.
 */
export function drawKeys(frame: Frame, firstKeyOfA: bigint): BigInt64Array {
  const keys = shared.keys(frame.rows);
  frame.keys.forEach((key, row) => (keys[row] = key >= firstKeyOfA ? key - firstKeyOfA : key));
  return keys;
}

/**
 * The scored rows of one side. With `common`, units are numbered over both sides, so that what a user does to the AUC of
 * either can be set against each other: two versions of one log share their users, and most of their luck.
 */
export function rowsOfSide(frame: Frame, scored: Int32Array, marks: Uint8Array, common: boolean): RowSet {
  const at = Int32Array.from(scored.keys()).filter((position) => marks[scored[position]!] === 1);
  const own = rowSetAt(frame, scored, at, 'evaluation');
  if (!common) return own;
  const all = renumberUnits(scored.map((row) => frame.unit[row]!));
  return { ...own, unit: at.map((position) => all.unit[position]!), units: all.units };
}
