import type { TrainingFrame } from './training-frame.js';

/**
 * How the columns of a trial lie in its private matrix and in a histogram. Masked columns are left out, so the
 * numbering of columns inside a model is its own.
 */
export interface Layout {
  /** Frame column of each column. */
  readonly columns: Int32Array;
  /** Value bins of each column; the bin of that number holds missing values. */
  readonly bins: Int32Array;
  /** First entry of each column in a histogram, two entries (gradient, hessian and count) a bin; padded to whole words. */
  readonly offsets: Int32Array;
  /** 32-bit words in a row of the matrix, four columns each. */
  readonly words: number;
  /** Entries of a histogram. */
  readonly size: number;
}

/** The layout of the frame's columns but the masked ones, in frame order. */
export function layoutOf(frame: TrainingFrame, masked: readonly number[]): Layout {
  const hidden = new Set(masked);
  const columns = Int32Array.from(frame.columns.keys()).filter((c) => !hidden.has(c));
  const bins = columns.map((c) => frame.columns[c]!.binCount);
  const words = Math.ceil(columns.length / 4);
  const offsets = new Int32Array(words * 4);
  let size = 0;
  for (let c = 0; c < columns.length; c++) {
    offsets[c] = size;
    size += 2 * (bins[c]! + 1);
  }
  // Columns that only pad a word hold bin 0 everywhere; their sums go to one spare bin that nobody reads.
  offsets.fill(size, columns.length);
  return { columns, bins, offsets, words, size: size + 2 };
}
