import { AssayError } from '../../core/errors.js';

/**
 * How gradients and hessians become integers. Gradients are at most the row's weight and hessians a quarter of it, so
 * the scales follow from the total weight and no sum can reach 2^53: sums and differences are exact in any order.
 */
export interface FixedPoint {
  /** Gradient units per 1; a power of two. */
  readonly gradient: number;
  /** Hessian units per 1; a power of two. */
  readonly hessian: number;
  /** What one row adds to the second sum besides its hessian; a power of two above every sum of hessians. */
  readonly unit: number;
}

/** With more rows, counts and hessians would not fit one sum. */
const mostRows = 2 ** 26 - 1;

/** Scales for `rows` rows of total weight `weight`, whose hessians sum to at most `hessians`. */
export function fixedPoint(rows: number, weight: number, hessians: number): FixedPoint {
  if (!(rows > 0 && rows <= mostRows && weight > 0 && weight < 2 ** 60))
    throw new AssayError('training-impossible', {
      reason: `the weights of its ${rows} rows add up to ${weight}; expected 1 to ${mostRows} rows and a positive finite sum`,
    });
  const unit = 2 ** 53 / powerAbove(rows);
  // Half an integer a row is what rounding can add. One half of the range is left free; that of the hessians must be
  // left free, so that rounding a sum to whole units leaves the rows.
  const gradient = powerBelow((2 ** 51 - rows) / weight);
  const hessian = powerBelow((unit / 2 - rows) / Math.max(hessians, weight * 1e-9));
  return { gradient, hessian, unit };
}

/** The largest power of two not above `x`. Repeated doubling, because `Math.log2` may round. */
function powerBelow(x: number): number {
  let power = 1;
  while (power * 2 <= x) power *= 2;
  while (power > x) power /= 2;
  return power;
}

/** The smallest power of two above `x`. */
function powerAbove(x: number): number {
  return powerBelow(x) * 2;
}
