import type { TrainingFrame } from './training-frame.js';
import type { Trial, TrialResult } from '../trainer.js';
import type { Bag } from './bagging.js';
import type { EarlyStopping } from './early-stopping.js';
import type { Layout } from './layout.js';
import type { Tree } from './tree.js';
import { AssayError } from '../../core/errors.js';
import { encode } from '../encoding/encode.js';
import { drawBag } from './bagging.js';
import { createEarlyStopping } from './early-stopping.js';
import { sigmoid } from './exponential.js';
import { fixedPoint } from './fixed-point.js';
import { createWorkspace, growTree } from './grower.js';
import { layoutOf } from './layout.js';
import { initialScore, logLossGradients, roundGradients } from './loss.js';
import { createMatrix, gather } from './matrix.js';
import { scoreRows } from './scored-rows.js';
import { setVariants } from './variant-cells.js';

/**
 * Trains gradient-boosted trees on histograms (Friedman 2001; Ke et al. 2017, LightGBM) with log loss and scores the
 * trial's rows. A pure function of its arguments: sums are exact, so nothing depends on threads or on the order of
 * additions. `check` is called at the start and before each tree and may throw to stop.
 *
 * @throws AssayError `training-impossible` where the bag is empty or of one class, or no column is left.
 */
export function trainTrial(shared: TrainingFrame, asked: Trial, check: () => void = () => {}): TrialResult {
  check();
  const { frame, trial } = encode(shared, asked);
  const { overlay, parameters } = trial;
  const bag = drawBag(frame, overlay, trial.seed, parameters.bagging);
  const layout = layoutOf(frame, overlay.masked);
  refuseHopeless(bag, layout);
  const start = initialScore(bag.label, bag.weight);
  const stopping = trial.tune === undefined ? null : createEarlyStopping(frame, overlay, trial.tune, layout, start);
  const grown = boost(frame, trial, bag, layout, start, stopping, check);
  const trees = stopping === null ? grown : grown.slice(0, stopping.rounds());
  const scores = scoreRows(trees, start, frame, overlay, layout, trial.score).map(sigmoid);
  return { scores, rounds: trees.length };
}

function boost(
  frame: TrainingFrame,
  trial: Trial,
  bag: Bag,
  layout: Layout,
  start: number,
  stopping: EarlyStopping | null,
  check: () => void,
): Tree[] {
  const rows = bag.rows.length;
  const matrix = createMatrix(rows, layout);
  gather(matrix, frame, trial.overlay, layout, bag.rows, 0, rows);
  setVariants(matrix, trial.overlay.variants, layout, bag);
  const work = createWorkspace(layout, matrix);
  const total = bag.weight === null ? rows : bag.weight.reduce((sum, w) => sum + w, 0);
  const scores = new Float64Array(rows).fill(start);
  const trees: Tree[] = [];
  while (trees.length < trial.parameters.rounds) {
    check();
    const hessians = logLossGradients(work.gradients, scores, bag.label, bag.weight);
    const scale = fixedPoint(rows, total, hessians);
    roundGradients(work.gradients, scale);
    const tree = growTree(work, scale, trial.parameters, scores);
    trees.push(tree);
    if (stopping?.done(tree) === true) break;
  }
  return trees;
}

function refuseHopeless(bag: Bag, layout: Layout): void {
  const rows = bag.rows.length;
  const positives = bag.label.reduce((sum, y) => sum + y, 0);
  if (rows === 0) refuse('there are no training rows');
  if (positives === 0) refuse(`all ${rows} training rows have label 0`);
  if (positives === rows) refuse(`all ${rows} training rows have label 1`);
  if (layout.columns.length === 0) refuse('no feature column is left');
}

function refuse(reason: string): never {
  throw new AssayError('training-impossible', { reason });
}
