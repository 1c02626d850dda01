import type { Overlay } from '../frame/frame.js';
import type { Bag } from '../gbdt/bagging.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';
import type { Trial, TrialResult } from '../trainer.js';
import type { Weights } from './ftrl.js';
import { AssayError } from '../../core/errors.js';
import { drawBag } from '../gbdt/bagging.js';
import { sigmoid } from '../gbdt/exponential.js';
import { initialScore } from '../gbdt/loss.js';
import { createWeights, learn, score } from './ftrl.js';
import { learningOrder } from './order.js';
import { slotOf, slotWriter } from './slots.js';

/** 2^22 weights take 32 MB and hold millions of ids with few collisions. */
const slotCount = 2 ** 22;
const passes = 3;
/** Rows whose slots are held at once. */
const block = 4096;

/**
 * Trains hashed logistic regression by FTRL-proximal, three passes over the bag, and scores the trial's rows. Columns
 * add up: it finds no interaction, but it holds every level of an id. Of the parameters it reads `bagging` alone; it
 * neither tunes nor encodes. A pure function of its arguments. `check` is called before each block of 4,096 rows.
 *
 * @throws AssayError `training-impossible` where the bag is empty or of one class, or no column is left.
 */
export function trainLogistic(frame: TrainingFrame, trial: Trial, check: () => void = () => {}): TrialResult {
  check();
  const { overlay } = trial;
  const bag = drawBag(frame, overlay, trial.seed, trial.parameters.bagging);
  const columns = Array.from(frame.columns.keys()).filter((c) => !overlay.masked.includes(c));
  refuseHopeless(bag, columns);
  const start = initialScore(bag.label, bag.weight);
  const weights = createWeights(slotCount);
  const order = learningOrder(frame, bag, trial.seed);
  const write = entryWriter(frame, overlay, columns, weights.mask, bag);
  const entries = {
    slots: new Int32Array(block * columns.length),
    label: Uint8Array.from(order, (i) => bag.label[i]!),
    weight: Float64Array.from(order, (i) => bag.weight?.[i] ?? 1),
  };
  for (let pass = 0; pass < passes; pass++) {
    for (let from = 0; from < order.length; from += block) {
      check();
      const to = Math.min(from + block, order.length);
      write(order, from, to, entries.slots);
      const [label, weight] = [entries.label.subarray(from, to), entries.weight.subarray(from, to)];
      learn(weights, entries.slots, columns.length, to - from, label, weight, start);
    }
  }
  const scores = scoreRows(frame, overlay, columns, weights, trial.score, start);
  return { scores, rounds: passes };
}

/** Writes slots of bag entries, with the cells in which a copy differs from its row. */
function entryWriter(
  frame: TrainingFrame,
  overlay: Overlay,
  columns: readonly number[],
  mask: number,
  bag: Bag,
): (order: Int32Array, from: number, to: number, out: Int32Array) => void {
  const write = slotWriter(frame, overlay, columns, mask);
  const { variants } = overlay;
  const place = new Map(columns.map((column, j) => [column, j]));
  const own = new Map<string, number[]>();
  variants?.row.forEach((row, cell) => {
    const key = `${row} ${variants.ordinal[cell]!}`;
    own.set(key, [...(own.get(key) ?? []), cell]);
  });
  const rows = new Int32Array(block);
  return (order, from, to, out) => {
    for (let i = from; i < to; i++) rows[i - from] = bag.rows[order[i]!]!;
    write(rows, 0, to - from, out);
    if (variants === undefined) return;
    for (let i = from; i < to; i++) {
      const entry = order[i]!;
      for (const cell of own.get(`${bag.rows[entry]!} ${bag.copies[entry]!}`) ?? []) {
        const column = variants.column[cell]!;
        const j = place.get(column);
        const level = frame.codes.has(column) ? variants.code![cell]! : variants.bin[cell]!;
        if (j !== undefined) out[(i - from) * columns.length + j] = slotOf(column, level, mask);
      }
    }
  };
}

function scoreRows(
  frame: TrainingFrame,
  overlay: Overlay,
  columns: readonly number[],
  weights: Weights,
  rows: Int32Array,
  start: number,
): Float64Array {
  const write = slotWriter(frame, overlay, columns, weights.mask);
  const slots = new Int32Array(block * columns.length);
  const scores = new Float64Array(rows.length);
  for (let from = 0; from < rows.length; from += block) {
    const to = Math.min(from + block, rows.length);
    write(rows, from, to, slots);
    score(weights, slots, columns.length, to - from, start, scores.subarray(from, to));
  }
  return scores.map(sigmoid);
}

function refuseHopeless(bag: Bag, columns: readonly number[]): void {
  const positives = bag.label.reduce((sum, y) => sum + y, 0);
  if (bag.rows.length === 0) refuse('there are no training rows');
  if (positives === 0 || positives === bag.rows.length)
    refuse(`all ${bag.rows.length} training rows have label ${positives === 0 ? 0 : 1}`);
  if (columns.length === 0) refuse('no feature column is left');
}

function refuse(reason: string): never {
  throw new AssayError('training-impossible', { reason });
}
