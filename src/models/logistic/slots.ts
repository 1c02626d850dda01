import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';

/** Writes the slots of some frame rows, row-major, one a column. */
export type SlotWriter = (rows: Int32Array, from: number, to: number, out: Int32Array) => void;

/**
 * A slot is a hash of column and level: the exact level where the column has codes, else the bin; null is a level of its
 * own (Weinberger et al. 2009, Feature hashing for large scale multitask learning).
 */
export function slotOf(column: number, level: number, mask: number): number {
  let h = Math.imul(level + 2, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) & mask;
}

/** Slots of `columns` under an overlay. */
export function slotWriter(
  frame: TrainingFrame,
  overlay: Overlay,
  columns: readonly number[],
  mask: number,
): SlotWriter {
  const width = columns.length;
  return (rows, from, to, out) => {
    columns.forEach((column, j) => {
      const codes = frame.codes.get(column);
      const replaced = overlay.columns.get(column);
      if (codes !== undefined) {
        const of = overlay.codes?.get(column) ?? codes.of;
        writeCodes(of, column, mask, rows, from, to, out, j, width);
      } else if (replaced !== undefined) writeBins(replaced, 0, 1, column, mask, rows, from, to, out, j, width);
      else writeBins(frame.bins, column, frame.stride, column, mask, rows, from, to, out, j, width);
    });
  };
}

function writeCodes(
  of: Int32Array,
  column: number,
  mask: number,
  rows: Int32Array,
  from: number,
  to: number,
  out: Int32Array,
  offset: number,
  width: number,
): void {
  for (let i = from, at = offset; i < to; i++, at += width) out[at] = slotOf(column, of[rows[i]!]!, mask);
}

function writeBins(
  bins: Uint8Array,
  first: number,
  stride: number,
  column: number,
  mask: number,
  rows: Int32Array,
  from: number,
  to: number,
  out: Int32Array,
  offset: number,
  width: number,
): void {
  for (let i = from, at = offset; i < to; i++, at += width)
    out[at] = slotOf(column, bins[rows[i]! * stride + first]!, mask);
}
