import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';
import { createRandom } from '../../core/random.js';

/** Folds of out-of-fold sums: 0 .. 4. */
export const folds = 5;
/** What rows that are not trained on have in place of a fold: they see the sums of all training entries. */
export const scored = 5;

/** What every target mean of a trial rests on. */
export interface TrainingEntries {
  readonly overlay: Overlay;
  /** Fold of each frame row, 0 .. 4, or {@link scored}. */
  readonly fold: Uint8Array;
  /** Weight of each entry of `overlay.rows` in whole units, so that sums are exact. */
  readonly weight: Float64Array;
  /** Units of one row of weight 1. */
  readonly unit: number;
  /** Base rate, in (0, 1). */
  readonly rate: number;
  /** Rows of base rate that are added to each mean. */
  readonly smoothing: number;
}

/** Entries, folds and smoothing of a trial; null where its entries are none or of one class. */
export function trainingEntries(frame: TrainingFrame, overlay: Overlay, seed: number): TrainingEntries | null {
  const { rows, label } = overlay;
  const total = overlay.weight?.reduce((sum, w) => sum + positive(w), 0) ?? rows.length;
  if (!(total > 0 && total < Infinity)) return null;
  const unit = overlay.weight === null ? 1 : unitFor(total);
  const weight = new Float64Array(rows.length).fill(1);
  overlay.weight?.forEach((w, i) => (weight[i] = Math.round(positive(w) * unit)));
  let all = 0;
  let ones = 0;
  for (let i = 0; i < rows.length; i++) {
    all += weight[i]!;
    if (label[i] === 1) ones += weight[i]!;
  }
  const rate = ones / all;
  if (!(rate > 0 && rate < 1)) return null;
  return { overlay, fold: foldOf(frame, rows, seed), weight, unit, rate, smoothing: smoothingFor(rate) };
}

/**
 * Fold of each frame row of the entries. Keyed by the row itself, never by the arm or the label; copies are entries of
 * their row, and rows with equal features are keyed alike where the frame knows them.
 */
export function foldOf(frame: TrainingFrame, rows: Int32Array, seed: number): Uint8Array {
  const all = drawnFolds(frame.twins ?? frame.keys, seed);
  const fold = new Uint8Array(frame.rows).fill(scored);
  for (let i = 0; i < rows.length; i++) fold[rows[i]!] = all[rows[i]!]!;
  return fold;
}

/** Folds of whole frames by what they are keyed with; all trials of an experiment share one seed. */
const drawn = new WeakMap<BigInt64Array | Int32Array, { readonly seed: number; readonly fold: Uint8Array }>();

function drawnFolds(keys: BigInt64Array | Int32Array, seed: number): Uint8Array {
  const known = drawn.get(keys);
  if (known?.seed === seed) return known.fold;
  const draws = new Float64Array(keys.length);
  createRandom(seed).fork('folds').fill(keys, draws);
  const fold = Uint8Array.from(draws, (u) => Math.floor(u * folds));
  drawn.set(keys, { seed, fold });
  return fold;
}

/**
 * Prior rows by empirical Bayes: a level's rate varies by p(1-p)/n by chance and by (p(1-p) s)^2 by an effect of
 * standard deviation s in log-odds; the ratio of the two is 4 / (p(1-p)) at s = .5.
 */
export function smoothingFor(rate: number): number {
  return Math.min(1000, Math.max(10, 4 / (rate * (1 - rate))));
}

/** A power of two so that the whole weight stays below 2^51 units. */
function unitFor(total: number): number {
  let unit = 1;
  while (total * unit < 2 ** 50 && unit < 2 ** 40) unit *= 2;
  while (total * unit >= 2 ** 51) unit /= 2;
  return unit;
}

function positive(weight: number): number {
  return weight > 0 ? weight : 0;
}
