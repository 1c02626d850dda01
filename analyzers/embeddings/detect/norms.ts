import type { Run } from '../../../src/core/run.js';
import { exponential } from '../../../src/models/gbdt/exponential.js';
import { normQuartiles } from '../../../src/dataset/sql/shapes/vector-cells.js';
import { round12 } from '../../../src/stats/round12.js';

/** Norms between which all is usual. */
export interface NormBounds {
  readonly low: number;
  readonly high: number;
  readonly usual: number;
}

/** Normalised vectors have equal norms but for rounding: a norm is never told for less than about a fifth. */
const leastSd = 0.02;
/** Interquartile range of a normal distribution in standard deviations. */
const quartiles = 1.349;

/** Norms no more than `z` robust standard deviations from the median, on a scale of logarithms; null where there are none. */
export async function normBounds(cells: string, length: number, z: number, run: Run): Promise<NormBounds | null> {
  const [row = {}] = await run.engine.rows(normQuartiles(cells, length, run.engine.dialect), 1, run);
  if (row['b'] === null || row['b'] === undefined) return null;
  const [a, b, c] = [Number(row['a']), Number(row['b']), Number(row['c'])];
  const wide = z * Math.max(leastSd, (c - a) / quartiles);
  return {
    low: round12(exponential(b - wide)),
    high: round12(exponential(b + wide)),
    usual: round12(exponential(b)),
  };
}
