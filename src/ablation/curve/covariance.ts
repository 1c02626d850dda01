import type { Paired } from '../effect/paired.js';

/** A symmetric matrix, row-major. */
export interface Matrix {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * Covariance of the costs at several doses, from the same units and the same seeds: the clustered covariance of the
 * dose influences plus the seeds' covariance over their number.
 */
export function costCovariance(costs: readonly Paired[]): Matrix {
  const size = costs.length;
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = testCovariance(costs[i]!, costs[j]!) + seedCovariance(costs[i]!, costs[j]!) / costs[i]!.seeds;
      values[i * size + j] = value;
      values[j * size + i] = value;
    }
  }
  return { size, values };
}

function testCovariance(a: Paired, b: Paired): number {
  const units = a.byUnit.length;
  let sum = 0;
  for (let k = 0; k < units; k++) sum += a.byUnit[k]! * b.byUnit[k]!;
  return (units / (units - 1)) * sum;
}

function seedCovariance(a: Paired, b: Paired): number {
  const sum = a.differences.reduce(
    (total, difference, r) => total + (difference - a.estimate) * (b.differences[r]! - b.estimate),
    0,
  );
  return sum / (a.seeds - 1);
}

/** Weights 1 / variance; a variance of nothing counts as a millionth of the largest, so that no weight is infinite. */
export function inverseVariances(matrix: Matrix): readonly number[] {
  const variances = Array.from({ length: matrix.size }, (_, i) => matrix.values[i * matrix.size + i]!);
  const least = 1e-6 * Math.max(...variances);
  return variances.map((variance) => (least === 0 ? 1 : 1 / Math.max(variance, least)));
}

/**
 * Lower Cholesky factor. A covariance of fewer seeds than doses may be singular, so a share of 1e-9 of the mean
 * variance is added to the diagonal.
 */
export function cholesky(matrix: Matrix): Matrix {
  const { size, values } = matrix;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += values[i * size + i]!;
  const ridge = (1e-9 * trace) / Math.max(1, size);
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = values[i * size + j]! + (i === j ? ridge : 0);
      for (let k = 0; k < j; k++) rest -= factor[i * size + k]! * factor[j * size + k]!;
      const pivot = factor[j * size + j]!;
      if (i === j) factor[i * size + j] = Math.sqrt(Math.max(0, rest));
      else factor[i * size + j] = pivot === 0 ? 0 : rest / pivot;
    }
  }
  return { size, values: factor };
}
