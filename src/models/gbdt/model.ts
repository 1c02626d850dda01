import type { TrainingFrame } from './training-frame.js';
import type { Kernel } from './kernel/kernel.js';
import type { Tree } from './tree.js';
import { sigmoid } from './exponential.js';
import { ownKernel } from './kernel/choose.js';
import { layoutOf } from './layout.js';
import { scoredBlock, scoreRows } from './scored-rows.js';

/** Grown trees as plain data, for rows that come after the training. */
export interface Model {
  /** Log-odds that every row starts from. */
  readonly start: number;
  readonly trees: readonly Tree[];
  /** Most leaves of a tree. */
  readonly leaves: number;
  /** Columns of the frame that it was not shown: the trees number the others. */
  readonly masked: readonly number[];
}

/**
 * Probability of label 1 of `rows` of `bins`, which has the columns of the frame that the model was trained on: the same
 * to the last bit as if the rows had been scored by the training.
 */
export function predict(
  model: Model,
  bins: Pick<TrainingFrame, 'bins' | 'stride' | 'columns'>,
  rows: Int32Array,
  kernel: Kernel = ownKernel(),
): Float64Array {
  const { start, trees, leaves, masked } = model;
  const layout = layoutOf(bins, masked);
  const scored = Math.min(scoredBlock, rows.length);
  const work = kernel.allocate({ layout, rows: 0, weighted: false, histograms: 0, leaves, scored });
  return scoreRows(work, trees, start, bins, new Map(), rows).map(sigmoid);
}

/** Columns of the frame that at least one of the models asks for, ascending. */
export function columnsAsked(models: readonly Model[], columns: TrainingFrame['columns']): readonly number[] {
  const asked = new Set<number>();
  for (const { trees, masked } of models) {
    const own = layoutOf({ columns }, masked).columns;
    for (const { column } of trees) for (const c of column) if (c >= 0) asked.add(own[c]!);
  }
  return [...asked].sort((a, b) => a - b);
}
