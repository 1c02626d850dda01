import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from './training-frame.js';
import type { Work } from './kernel/kernel.js';
import type { Tree } from './tree.js';
import { gather } from './matrix.js';

/** Rows scored at a time: all trees pass over them while they are in the cache. */
export const scoredBlock = 16_384;

/** Log-odds of frame rows `rows` from `start` and all `trees`, columns of `replacing` in place of the frame's. */
export function scoreRows(
  work: Work,
  trees: readonly Tree[],
  start: number,
  frame: Pick<TrainingFrame, 'bins' | 'stride'>,
  replacing: Overlay['columns'],
  rows: Int32Array,
): Float64Array {
  const out = new Float64Array(rows.length);
  const { matrix, scores } = work.scored;
  const adders = trees.map((tree) => work.adder(tree));
  for (let from = 0; from < rows.length; from += scores.length) {
    const to = Math.min(from + scores.length, rows.length);
    gather(matrix, frame, replacing, work.shape.layout, rows, from, to);
    scores.fill(start);
    for (const add of adders) add(to - from);
    out.set(scores.subarray(0, to - from), from);
  }
  return out;
}
