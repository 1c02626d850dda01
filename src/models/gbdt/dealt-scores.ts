import type { Model } from './model.js';
import type { TrainingFrame } from './training-frame.js';
import { predict } from './model.js';

/** Rows that were in no training, each with a draw in [0, 1) that deals it to a fold. */
export interface DealtRows extends Pick<TrainingFrame, 'bins' | 'stride'> {
  readonly draw: Float64Array;
}

/**
 * Probability of label 1 of each row: the mean over the divisions of what the model of the row's fold says. `models` holds for
 * each division the model of each fold.
 */
export function dealtScores(
  models: readonly (readonly Model[])[],
  columns: TrainingFrame['columns'],
  { bins, stride, draw }: DealtRows,
): Float64Array {
  const p = new Float64Array(draw.length);
  const rest = draw.slice();
  for (const folds of models) {
    dealt(rest, folds.length).forEach((rows, fold) => {
      const scores = predict(folds[fold]!, { bins, stride, columns }, rows);
      for (let i = 0; i < rows.length; i++) p[rows[i]!]! += scores[i]! / models.length;
    });
  }
  return p;
}

/** The rows of each of `count` folds by their draws; the place within a fold is the draw for the next division. */
function dealt(draws: Float64Array, count: number): readonly Int32Array[] {
  const folds = Array.from({ length: count }, () => new Int32Array(draws.length));
  const sizes = new Int32Array(count);
  for (let row = 0; row < draws.length; row++) {
    const place = draws[row]! * count;
    const fold = Math.min(count - 1, Math.floor(place));
    draws[row] = place - fold;
    folds[fold]![sizes[fold]!++] = row;
  }
  return folds.map((rows, fold) => rows.subarray(0, sizes[fold]));
}
