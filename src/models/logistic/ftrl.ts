import { exponential } from '../gbdt/exponential.js';

/** Learning rate, its offset, and the strength of the quadratic penalty; there is no absolute one. */
const alpha = 0.1;
const beta = 1;
const l2 = 1;

/** Weights by slot: 8 bytes a slot. */
export interface Weights {
  /** Number of slots less one; the number is a power of two. */
  readonly mask: number;
  /** Weight and root of the sum of squared gradients of each slot, side by side: one visit to memory for both. */
  readonly cells: Float32Array;
}

export function createWeights(slots: number): Weights {
  return { mask: slots - 1, cells: new Float32Array(2 * slots) };
}

/**
 * Kernel: one step a row of FTRL-proximal on log loss (McMahan et al. 2013, Ad click prediction: a view from the
 * trenches, algorithm 1), `width` slots of value 1 a row. `start` is added to each score; `weight` multiplies the row's
 * gradient. `+ - x /` and roots only, so every platform gives the same bits.
 *
 * The paper keeps z and n and reads w = -z / D(n) with D(n) = (beta + sqrt n) / alpha + l2, which holds without an
 * absolute penalty. Its step z + g - (sqrt n' - sqrt n) / alpha w then is -w D(n') + g, so that w' = w - g / D(n'): the
 * weight itself can be kept, and scores need no division.
 */
export function learn(
  { cells }: Weights,
  slots: Int32Array,
  width: number,
  rows: number,
  label: Uint8Array,
  weight: Float64Array,
  start: number,
): void {
  const least = beta + alpha * l2;
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    let sum = start;
    for (let j = 0; j < width; j++) sum += cells[2 * slots[at + j]!]!;
    const g = weight[row]! * (1 / (1 + exponential(-sum)) - label[row]!);
    const square = g * g;
    const step = alpha * g;
    for (let j = 0; j < width; j++) {
      const cell = 2 * slots[at + j]!;
      const root = cells[cell + 1]!;
      const next = Math.sqrt(root * root + square);
      cells[cell]! -= step / (least + next);
      cells[cell + 1] = next;
    }
  }
}

/** Kernel: log-odds of `rows` rows of `width` slots into `scores`, from `start`. */
export function score(
  { cells }: Weights,
  slots: Int32Array,
  width: number,
  rows: number,
  start: number,
  scores: Float64Array,
): void {
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = start;
    for (let j = 0; j < width; j++, at++) sum += cells[2 * slots[at]!]!;
    scores[row] = sum;
  }
}
