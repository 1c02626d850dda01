import type { TrainingFrame } from './training-frame.js';

/**
 * How the columns of a trial lie in its private matrix and in a histogram. Masked columns are left out, so the
 * numbering of columns inside a model is its own.
 */
export interface Layout {
  /** Frame column of each column. */
  readonly columns: Int32Array;
  /** Value bins of each column, 0 for those that only pad; the bin of that number holds missing values. */
  readonly bins: Int32Array;
  /** 32-bit words in a row of the matrix, four columns each. */
  readonly words: number;
  /** Bytes of a row, which is also the number of columns with padding. */
  readonly stride: number;
  /** Entries of a histogram: {@link columnEntries} for each column and padding. */
  readonly size: number;
}

/**
 * Entries of one column in a histogram: two (gradient; hessian and count) for each of 256 bins, however few are used, and
 * 64 bytes more. Were it a power of two, equal bins of all columns would compete for the same few places in a cache.
 */
export const columnEntries = 520;

/** The layout of the frame's columns but the masked ones, in frame order. */
export function layoutOf(frame: Pick<TrainingFrame, 'columns'>, masked: readonly number[]): Layout {
  const hidden = new Set(masked);
  const columns = Int32Array.from(frame.columns.keys()).filter((c) => !hidden.has(c));
  const stride = 4 * Math.ceil(columns.length / 4);
  const bins = new Int32Array(stride);
  columns.forEach((column, c) => (bins[c] = frame.columns[column]!.binCount));
  return { columns, bins, words: stride / 4, stride, size: stride * columnEntries };
}
