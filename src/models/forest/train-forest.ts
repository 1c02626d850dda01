import type { Frame, Overlay } from '../frame/frame.js';
import type { Trial, TrialResult } from '../trainer.js';
import { RandomForestRegression } from 'ml-random-forest';
import { AssayError } from '../../core/errors.js';

const trees = 20;
const minLeafRows = 5;

/**
 * Trains a random forest (Breiman 2001) on the bins of a trial and scores its rows: the mean of 20 regression trees on
 * the labels, which for 0 and 1 split as by Gini. (The classifier of the package counts hard votes and forgets those of
 * its first tree.) A third of the columns each tree; case weights and cells of copies are not seen.
 * @throws AssayError `training-impossible`
 */
export function trainForest(frame: Frame, { overlay, score, seed }: Trial): TrialResult {
  const columns = Array.from(frame.columns.keys()).filter((c) => !overlay.masked.includes(c));
  const label = Array.from(overlay.label);
  const positives = label.filter((y) => y === 1).length;
  if (columns.length === 0) throw new AssayError('training-impossible', { reason: 'no feature column is left' });
  if (positives === 0 || positives === label.length) {
    throw new AssayError('training-impossible', { reason: `its ${label.length} training rows are of one class` });
  }
  const forest = new RandomForestRegression({
    nEstimators: trees,
    maxFeatures: Math.max(1, Math.ceil(columns.length / 3)),
    replacement: false,
    seed,
    selectionMethod: 'mean',
    noOOB: true,
    treeOptions: { minNumSamples: minLeafRows },
  });
  forest.train(binsOf(frame, overlay, columns, overlay.rows), label);
  const predicted = forest.predict(binsOf(frame, overlay, columns, score));
  return { scores: Float64Array.from(predicted, (p) => Math.min(1, Math.max(0, p))), rounds: trees };
}

/** One array a row, as the package wants them. */
function binsOf(frame: Frame, overlay: Overlay, columns: readonly number[], rows: Int32Array): number[][] {
  return Array.from(rows, (row) =>
    columns.map((c) => overlay.columns.get(c)?.[row] ?? frame.bins[row * frame.stride + c]!),
  );
}
