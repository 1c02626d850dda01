import type { FixedPoint } from './fixed-point.js';
import { exponential, sigmoid } from './exponential.js';
import { logarithm } from './logarithm.js';

/** Log-odds of the weighted share of label 1: the score every row starts from. */
export function initialScore(label: Uint8Array, weight: Float64Array | null): number {
  let positive = 0;
  let total = 0;
  for (let i = 0; i < label.length; i++) {
    const w = weight === null ? 1 : weight[i]!;
    total += w;
    positive += w * label[i]!;
  }
  return logarithm(positive / (total - positive));
}

/**
 * Kernel: gradient p - y and hessian p (1 - p) of the log loss at `scores`, times the row's weight, into
 * `gradients[2 i]` and `[2 i + 1]`. Returns the sum of the hessians: those of even rows in order plus those of odd rows.
 */
export function logLossGradients(
  gradients: Float64Array,
  scores: Float64Array,
  label: Uint8Array,
  weight: Float64Array | null,
): number {
  const sums: [even: number, odd: number] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    const p = 1 / (1 + exponential(-scores[i]!));
    const w = weight === null ? 1 : weight[i]!;
    const hessian = w * p * (1 - p);
    gradients[2 * i] = w * (p - label[i]!);
    gradients[2 * i + 1] = hessian;
    if ((i & 1) === 0) sums[0] += hessian;
    else sums[1] += hessian;
  }
  return sums[0] + sums[1];
}

/** 1.5 * 2^52: adding and taking it away rounds a double below 2^51 to the nearest integer, ties to even. */
export const rounder = 6755399441055744;

/** Kernel: turns gradients into the integers that histograms add up ({@link FixedPoint}). */
export function roundGradients(gradients: Float64Array, to: FixedPoint): void {
  const { gradient, hessian, unit } = to;
  for (let i = 0; i < gradients.length; i += 2) {
    gradients[i] = gradients[i]! * gradient + rounder - rounder;
    gradients[i + 1] = gradients[i + 1]! * hessian + rounder - rounder + unit;
  }
}

/** Weighted mean log loss of log-odds `scores`; p is kept inside [1e-15, 1 - 1e-15]. */
export function logLoss(scores: Float64Array, label: Uint8Array, weight: Float64Array | null): number {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = sigmoid(label[i] === 1 ? scores[i]! : -scores[i]!);
    const w = weight === null ? 1 : weight[i]!;
    loss -= w * logarithm(p > 1e-15 ? p : 1e-15);
    total += w;
  }
  return loss / total;
}
