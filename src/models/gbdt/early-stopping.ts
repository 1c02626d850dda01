import type { TrainingFrame } from './training-frame.js';
import type { Trial } from '../trainer.js';
import type { Layout } from './layout.js';
import type { Tree } from './tree.js';
import { logLoss } from './loss.js';
import { createMatrix, gather } from './matrix.js';
import { addTree } from './tree.js';

/** Follows the log loss on tuning rows while a model grows. */
export interface EarlyStopping {
  /** Takes in the next tree; true once the loss has not fallen for `patience` trees. */
  readonly done: (tree: Tree) => boolean;
  /** Trees of the best model so far, at least 1 once a tree was seen. */
  readonly rounds: () => number;
}

/** Watches `tune.rows`, with the frame's own labels and weights, under the overlay's columns. */
export function createEarlyStopping(
  frame: TrainingFrame,
  overlay: Trial['overlay'],
  tune: NonNullable<Trial['tune']>,
  layout: Layout,
  start: number,
): EarlyStopping {
  const { rows } = tune;
  const matrix = createMatrix(rows.length, layout);
  gather(matrix, frame, overlay, layout, rows, 0, rows.length);
  const label = Uint8Array.from(rows, (row) => frame.label[row]!);
  const weight = frame.weight;
  const weights = weight === null ? null : Float64Array.from(rows, (row) => weight[row]!);
  const scores = new Float64Array(rows.length).fill(start);
  let best = Infinity;
  let bestRounds = 0;
  let seen = 0;
  return {
    done: (tree) => {
      addTree(tree, matrix.bytes, 4 * layout.words, rows.length, scores, 0);
      const loss = logLoss(scores, label, weights);
      seen++;
      if (loss < best || bestRounds === 0) {
        best = loss;
        bestRounds = seen;
      }
      return seen - bestRounds >= tune.patience;
    },
    rounds: () => bestRounds,
  };
}
