import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from './training-frame.js';
import type { Layout } from './layout.js';
import type { Tree } from './tree.js';
import { createMatrix, gather } from './matrix.js';
import { addTree } from './tree.js';

/** Rows gathered at a time: their bins stay in the cache while all trees pass over them. */
const block = 4096;

/** Log-odds of frame rows `rows` under the overlay's columns, from `start` and all `trees`. */
export function scoreRows(
  trees: readonly Tree[],
  start: number,
  frame: TrainingFrame,
  overlay: Overlay,
  layout: Layout,
  rows: Int32Array,
): Float64Array {
  const scores = new Float64Array(rows.length).fill(start);
  const matrix = createMatrix(Math.min(block, rows.length), layout);
  for (let from = 0; from < rows.length; from += block) {
    const to = Math.min(from + block, rows.length);
    gather(matrix, frame, overlay, layout, rows, from, to);
    for (const tree of trees) addTree(tree, matrix.bytes, 4 * layout.words, to - from, scores, from);
  }
  return scores;
}
