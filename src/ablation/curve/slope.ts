import type { Curve } from '../../core/effect.js';
import type { Matrix } from './covariance.js';
import { inverseVariances } from './covariance.js';
import { tQuantile } from '../../stats/distributions.js';

/**
 * Cost per unit of dose at dose 0: the linear term of a weighted fit `b d + g d^2` through the origin (a straight line
 * where there is one dose), with sandwich variance and t on seeds - 1 degrees of freedom. Curvature makes the limits
 * cover about 90%.
 */
export function slopeAtZero(
  doses: readonly number[],
  costs: readonly number[],
  covariance: Matrix,
  seeds: number,
): Curve['slope'] {
  const rows = estimator(doses, covariance);
  const value = rows.reduce((sum, weight, i) => sum + weight * costs[i]!, 0);
  let variance = 0;
  rows.forEach((a, i) =>
    rows.forEach((b, j) => {
      variance += a * b * covariance.values[i * doses.length + j]!;
    }),
  );
  const half = tQuantile(0.975, seeds - 1) * Math.sqrt(Math.max(0, variance));
  return { value, low: value - half, high: value + half };
}

/** The weights that turn costs into the linear coefficient: first row of (A'WA)^-1 A'W with A = [d, d^2]. */
function estimator(doses: readonly number[], covariance: Matrix): readonly number[] {
  const weights = inverseVariances(covariance);
  const moment = (power: number): number => doses.reduce((sum, d, i) => sum + weights[i]! * d ** power, 0);
  const [s2, s3, s4] = [moment(2), moment(3), moment(4)];
  if (doses.length === 1) return [1 / doses[0]!];
  const determinant = s2 * s4 - s3 * s3;
  return doses.map((d, i) => (weights[i]! * (s4 * d - s3 * d * d)) / determinant);
}
