/** A variance with the degrees of freedom with which it was estimated. */
export interface Variance {
  readonly variance: number;
  readonly df: number;
}

/** Influence summed within each unit; `unit` is the unit of each row, 0 .. units-1. */
export function sumByUnit(influence: ArrayLike<number>, unit: ArrayLike<number>, units: number): Float64Array {
  const sums = new Float64Array(units);
  for (let i = 0; i < influence.length; i++) sums[unit[i]!]! += influence[i]!;
  return sums;
}

/** Units, numbered from 0 on, renumbered 0 .. units-1 in order of appearance, so that each of them is present. */
export function renumberUnits(unit: ArrayLike<number>): { readonly unit: Int32Array; readonly units: number } {
  let most = -1;
  for (let i = 0; i < unit.length; i++) if (unit[i]! > most) most = unit[i]!;
  const numbers = new Int32Array(most + 1).fill(-1);
  const renumbered = new Int32Array(unit.length);
  let units = 0;
  for (let i = 0; i < unit.length; i++) {
    if (numbers[unit[i]!] === -1) numbers[unit[i]!] = units++;
    renumbered[i] = numbers[unit[i]!]!;
  }
  return { unit: renumbered, units };
}

/**
 * Variance of a metric from its influence summed by sampling unit: `I/(I-1) sum q^2`, I the units present (`present`
 * where the array also has absent ones, whose entries are 0). Its degrees of freedom are the effective number of units
 * less one, `(sum q^2)^2 / sum q^4 - 1`, at least 1: about a third of the exact ones for Gaussian q, on purpose, since
 * a few heavy users can carry most of the variance. With fewer than two units the variance is NaN.
 */
export function clusterVariance(
  influenceByUnit: ArrayLike<number>,
  present: number = influenceByUnit.length,
): Variance {
  let squares = 0;
  let fourths = 0;
  for (let k = 0; k < influenceByUnit.length; k++) {
    const square = influenceByUnit[k]! * influenceByUnit[k]!;
    squares += square;
    fourths += square * square;
  }
  if (present < 2) return { variance: Number.NaN, df: 1 };
  const df = squares === 0 ? present - 1 : effective(squares, fourths, influenceByUnit);
  return { variance: (present / (present - 1)) * squares, df: Math.max(1, df) };
}

/** Fourth powers of tiny influences underflow; scaled by the sum of squares they do not. */
function effective(squares: number, fourths: number, influence: ArrayLike<number>): number {
  if (fourths > 1e-290) return (squares * squares) / fourths - 1;
  let scaled = 0;
  for (let k = 0; k < influence.length; k++) scaled += ((influence[k]! * influence[k]!) / squares) ** 2;
  return 1 / scaled - 1;
}
