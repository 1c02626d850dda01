import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from './training-frame.js';
import type { GbdtParameters, Trial, TrialResult } from '../trainer.js';
import type { Bag } from './bagging.js';
import type { EarlyStopping } from './early-stopping.js';
import type { Kernel, Shape, Work } from './kernel/kernel.js';
import type { Layout } from './layout.js';
import type { Tree } from './tree.js';
import { AssayError } from '../../core/errors.js';
import { encode } from '../encoding/encode.js';
import { drawBag } from './bagging.js';
import { createEarlyStopping } from './early-stopping.js';
import { sigmoid } from './exponential.js';
import { fixedPoint } from './fixed-point.js';
import { growTree } from './grower.js';
import { histogramSlots } from './histogram-slots.js';
import { ownKernel } from './kernel/choose.js';
import { layoutOf } from './layout.js';
import { initialScore } from './loss.js';
import { gather } from './matrix.js';
import { scoredBlock, scoreRows } from './scored-rows.js';
import { setVariants } from './variant-cells.js';

/**
 * Trains gradient-boosted trees on histograms (Friedman 2001; Ke et al. 2017, LightGBM) with log loss and scores the
 * trial's rows. A pure function of frame and trial: sums are exact, so nothing depends on threads, on the kernel or on
 * the order of additions. `check` is called at the start and before each tree and may throw to stop.
 *
 * @throws AssayError `training-impossible` where the bag is empty or of one class, or no column is left.
 */
export function trainTrial(
  shared: TrainingFrame,
  asked: Trial,
  check: () => void = () => {},
  kernel: Kernel = ownKernel(),
): TrialResult {
  check();
  const { frame, trial } = encode(shared, asked);
  const { overlay, parameters } = trial;
  const bag = drawBag(frame, overlay, trial.seed, parameters.bagging);
  const layout = layoutOf(frame, overlay.masked);
  refuseHopeless(bag, layout);
  const work = kernel.allocate(shapeOf(trial, bag, layout));
  const start = initialScore(bag.label, bag.weight);
  fill(work, frame, overlay, bag, start);
  const stopping = trial.tune === undefined ? null : createEarlyStopping(work, frame, overlay, trial.tune, start);
  const grown = boost(work, parameters, stopping, check);
  const trees = stopping === null ? grown : grown.slice(0, stopping.rounds());
  const scores = scoreRows(work, trees, start, frame, overlay.columns, trial.score).map(sigmoid);
  const result = { scores, rounds: trees.length };
  if (asked.keep !== true) return result;
  // Columns that only this trial has are not to be had for rows that come later.
  if (frame !== shared) throw new AssayError('internal', { message: 'a model with an encoding cannot be kept' });
  return { ...result, model: { start, trees, leaves: parameters.leaves, masked: overlay.masked } };
}

function shapeOf({ parameters, score, tune }: Trial, bag: Bag, layout: Layout): Shape {
  const { leaves } = parameters;
  return {
    layout,
    rows: bag.rows.length,
    weighted: bag.weight !== null,
    histograms: histogramSlots(layout, leaves),
    leaves,
    scored: Math.max(tune?.rows.length ?? 0, Math.min(scoredBlock, score.length)),
  };
}

/** The bag's rows, gathered once so that no loop over trees meets the overlay. */
function fill(work: Work, frame: TrainingFrame, overlay: Overlay, bag: Bag, start: number): void {
  const { layout, rows } = work.shape;
  gather(work.matrix, frame, overlay.columns, layout, bag.rows, 0, rows);
  setVariants(work.matrix, overlay.variants, layout, bag);
  work.filled();
  work.label.set(bag.label);
  if (bag.weight !== null) work.weight!.set(bag.weight);
  work.scores.fill(start);
}

function boost(work: Work, parameters: GbdtParameters, stopping: EarlyStopping | null, check: () => void): Tree[] {
  const { rows } = work.shape;
  const total = work.weight === null ? rows : work.weight.reduce((sum, w) => sum + w, 0);
  const trees: Tree[] = [];
  while (trees.length < parameters.rounds) {
    check();
    const scale = fixedPoint(rows, total, work.gradients());
    work.round(scale);
    const tree = growTree(work, scale, parameters);
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
