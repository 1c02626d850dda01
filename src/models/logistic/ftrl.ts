import { exponential } from '../gbdt/exponential.js';

/** Learning rate, its offset, and the strength of the quadratic penalty; there is no absolute one. */
const alpha = 0.1;
const beta = 1;
const l2 = 1;

/** Weights by slot, as FTRL-proximal keeps them: 8 bytes a slot. */
export interface Weights {
  /** Number of slots less one; the number is a power of two. */
  readonly mask: number;
  /** Sums of gradients, each less what its step has already taken. */
  readonly sums: Float32Array;
  /** Root of the sum of squared gradients. */
  readonly roots: Float32Array;
}

export function createWeights(slots: number): Weights {
  return { mask: slots - 1, sums: new Float32Array(slots), roots: new Float32Array(slots) };
}

/**
 * Kernel: one step a row of FTRL-proximal on log loss (McMahan et al. 2013, Ad click prediction: a view from the
 * trenches, algorithm 1 without its absolute penalty), `width` slots of value 1 a row. `start` is added to each score;
 * `weight` multiplies the row's gradient. `+ - x /` and roots only, so every platform gives the same bits.
 */
export function learn(
  { sums, roots }: Weights,
  slots: Int32Array,
  width: number,
  rows: number,
  label: Uint8Array,
  weight: Float64Array,
  start: number,
): void {
  const own = new Float64Array(width);
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    let score = start;
    for (let j = 0; j < width; j++) {
      const slot = slots[at + j]!;
      const w = -sums[slot]! / ((beta + roots[slot]!) / alpha + l2);
      own[j] = w;
      score += w;
    }
    const g = weight[row]! * (1 / (1 + exponential(-score)) - label[row]!);
    const square = g * g;
    for (let j = 0; j < width; j++) {
      const slot = slots[at + j]!;
      const root = roots[slot]!;
      const next = Math.sqrt(root * root + square);
      sums[slot]! += g - ((next - root) / alpha) * own[j]!;
      roots[slot] = next;
    }
  }
}

/** Kernel: log-odds of `rows` rows of `width` slots into `scores`, from `start`. */
export function score(
  { sums, roots }: Weights,
  slots: Int32Array,
  width: number,
  rows: number,
  start: number,
  scores: Float64Array,
): void {
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = start;
    for (let j = 0; j < width; j++, at++) {
      const slot = slots[at]!;
      sum -= sums[slot]! / ((beta + roots[slot]!) / alpha + l2);
    }
    scores[row] = sum;
  }
}
