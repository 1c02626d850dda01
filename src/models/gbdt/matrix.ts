import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from './training-frame.js';
import type { Layout } from './layout.js';
import { missingBin } from '../frame/frame.js';

/**
 * Row-major bins of the rows of one trial, gathered so that the hot loops walk memory in order and never meet an
 * overlay. Missing values sit in the bin after the last value bin.
 */
export interface Matrix {
  readonly rows: number;
  /** `4 * layout.words` bytes a row. */
  readonly bytes: Uint8Array;
  /** The same memory, four columns a word, lowest column in the lowest byte. */
  readonly words: Int32Array;
}

/** An empty matrix for up to `rows` rows. */
export function createMatrix(rows: number, layout: Layout): Matrix {
  const words = new Int32Array(rows * layout.words);
  return { rows, words, bytes: new Uint8Array(words.buffer) };
}

/** Copies frame rows `rows[from] .. rows[to - 1]` under the overlay's columns into the first rows of `into`. */
export function gather(
  into: Matrix,
  frame: TrainingFrame,
  overlay: Overlay,
  layout: Layout,
  rows: Int32Array,
  from: number,
  to: number,
): void {
  for (let c = 0; c < layout.columns.length; c++) {
    const column = layout.columns[c]!;
    const replaced = overlay.columns.get(column);
    const missing = layout.bins[c]!;
    const stride = 4 * layout.words;
    if (replaced === undefined)
      gatherColumn(into.bytes, c, stride, frame.bins, column, frame.stride, rows, from, to, missing);
    else gatherColumn(into.bytes, c, stride, replaced, 0, 1, rows, from, to, missing);
  }
}

/** Typed arrays and numbers only: `source[rows[i] * sourceStride + sourceOffset]` becomes column `offset` of `into`. */
function gatherColumn(
  into: Uint8Array,
  offset: number,
  stride: number,
  source: Uint8Array,
  sourceOffset: number,
  sourceStride: number,
  rows: Int32Array,
  from: number,
  to: number,
  missing: number,
): void {
  let at = offset;
  for (let i = from; i < to; i++) {
    const bin = source[rows[i]! * sourceStride + sourceOffset]!;
    into[at] = bin === missingBin ? missing : bin;
    at += stride;
  }
}
