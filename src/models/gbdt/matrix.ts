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
  /** `layout.stride` bytes a row. */
  readonly bytes: Uint8Array;
  /** The same memory, four columns a word, lowest column in the lowest byte. */
  readonly words: Int32Array;
}

/** An empty matrix for up to `rows` rows. */
export function createMatrix(rows: number, layout: Layout): Matrix {
  const words = new Int32Array(rows * layout.words);
  return { rows, words, bytes: new Uint8Array(words.buffer) };
}

/** Rows of which all columns are copied before the next rows are begun: their lines stay in the cache. */
const tile = 256;

/** Copies frame rows `rows[from] .. rows[to - 1]` into the first rows of `into`, columns of `replacing` in place of the frame's. */
export function gather(
  into: Matrix,
  frame: Pick<TrainingFrame, 'bins' | 'stride'>,
  replacing: Overlay['columns'],
  layout: Layout,
  rows: Int32Array,
  from: number,
  to: number,
): void {
  const { columns, bins, stride } = layout;
  for (let start = from; start < to; start += tile) {
    const end = start + tile < to ? start + tile : to;
    const first = (start - from) * stride;
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c]!;
      const replaced = replacing.get(column);
      if (replaced === undefined)
        gatherColumn(into.bytes, first + c, stride, frame.bins, column, frame.stride, rows, start, end, bins[c]!);
      else gatherColumn(into.bytes, first + c, stride, replaced, 0, 1, rows, start, end, bins[c]!);
    }
  }
}

/** Typed arrays and numbers only: `source[rows[i] * sourceStride + sourceOffset]` goes to `into[offset]`, `[offset + stride]` ... */
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
