import type { TrainingFrame } from './training-frame.js';
import type { Trial } from '../trainer.js';
import type { Work } from './kernel/kernel.js';
import type { Tree } from './tree.js';
import { logLoss } from './loss.js';
import { gather } from './matrix.js';

/** Follows the log loss on tuning rows while a model grows. */
export interface EarlyStopping {
  /** Takes in the next tree; true once the loss has not fallen for `patience` trees. */
  readonly done: (tree: Tree) => boolean;
  /** Trees of the best model so far, at least 1 once a tree was seen. */
  readonly rounds: () => number;
}

/**
 * Watches `tune.rows`, with the frame's own labels and weights, under the overlay's columns. They are the scored rows of
 * `work` until the model is grown.
 */
export function createEarlyStopping(
  work: Work,
  frame: TrainingFrame,
  overlay: Trial['overlay'],
  tune: NonNullable<Trial['tune']>,
  start: number,
): EarlyStopping {
  const { rows } = tune;
  gather(work.scored.matrix, frame, overlay.columns, work.shape.layout, rows, 0, rows.length);
  const label = Uint8Array.from(rows, (row) => frame.label[row]!);
  const weight = frame.weight;
  const weights = weight === null ? null : Float64Array.from(rows, (row) => weight[row]!);
  const scores = work.scored.scores.subarray(0, rows.length).fill(start);
  let best = Infinity;
  let bestRounds = 0;
  let seen = 0;
  return {
    done: (tree) => {
      work.adder(tree)(rows.length);
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
