import { nearestFactor } from '../../../src/stats/known-factors.js';

/** Logarithms of positive values in one bucket of time: count, sum, sum of squares. */
export interface Moments {
  readonly bucket: number;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Values multiplied by a known factor from a bucket on. */
export interface UnitShift {
  readonly factor: number;
  /** First bucket of the new unit. */
  readonly bucket: number;
  /** Mean logarithm before and after. */
  readonly before: number;
  readonly after: number;
  /** Rows after, of those looked at. */
  readonly rows: number;
}

/** A median of fewer rows than this moves by itself. */
const leastRows = 30;
/** A factor must be met to about this share, however many rows there are: prices drift a little as well. */
const slack = 0.08;
/** Beyond this standard error of the shift, factors cannot be told apart. */
const mostError = 0.15;
/** Values that grow within a side by more than this share of the factor are a clock or a counter, in no unit at all. */
const mostGrowth = 0.5;

/**
 * The moment from which all values are multiplied by a known factor, by their mean logarithm: near log(factor) apart,
 * with the same spread on both sides (a mixture of units would be wider), and steady bucket by bucket. Null where there
 * is none. `series` ascends by bucket.
 */
export function unitShift(series: readonly Moments[]): UnitShift | null {
  const known = series.filter(({ n }) => n > 0);
  let best: Candidate | null = null;
  for (let at = 1; at < known.length; at++) {
    // The change may begin inside a bucket, which then holds both units: try without it too.
    for (const from of [at, at + 1]) {
      const next = shiftAt(known, at, from);
      if (next !== null && (best === null || next.misfit < best.misfit)) best = next;
    }
  }
  return best;
}

interface Candidate extends UnitShift {
  readonly misfit: number;
}

/** The shift between the buckets before `until` and those from `from` on; null where it is none. */
function shiftAt(known: readonly Moments[], until: number, from: number): Candidate | null {
  const [first, last] = [known.slice(0, until), known.slice(from)];
  if (last.length === 0) return null;
  const [early, late] = [side(first), side(last)];
  const factor = factorBetween(early, late);
  if (factor === null) return null;
  const misfit = Math.max(unsteadiness(first, early), unsteadiness(last, late)) + (from - until) / 10;
  if (misfit > 1 || Math.max(growth(first, early), growth(last, late)) > mostGrowth * Math.abs(Math.log(factor)))
    return null;
  return { factor, bucket: known[until]!.bucket, before: early.mean, after: late.mean, rows: late.n, misfit };
}

interface Side {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

function side(buckets: readonly Moments[]): Side {
  const total = buckets.reduce((t, b) => ({ n: t.n + b.n, sum: t.sum + b.sum, squares: t.squares + b.squares }), {
    n: 0,
    sum: 0,
    squares: 0,
  });
  const mean = total.sum / total.n;
  return { n: total.n, mean, variance: Math.max(0, total.squares / total.n - mean * mean) };
}

function factorBetween(early: Side, late: Side): number | null {
  if (early.n < leastRows || late.n < leastRows) return null;
  const error = Math.sqrt(early.variance / early.n + late.variance / late.n);
  if (error > mostError || late.variance > 1.6 * early.variance + 0.05) return null;
  if (early.variance > 1.6 * late.variance + 0.05) return null;
  return nearestFactor(late.mean - early.mean, slack + 2 * error, error);
}

/**
 * How far buckets stray from the mean of their side, as a share of what is allowed: .25 in log and five standard
 * errors. Above 1 a bucket is of neither unit; buckets of few rows may be the one in which the change began.
 */
function unsteadiness(buckets: readonly Moments[], { mean, variance }: Side): number {
  return Math.max(
    ...buckets.map(({ n, sum }) => Math.abs(sum / n - mean) / (0.25 + 5 * Math.sqrt((variance + 0.01) / n))),
  );
}

/** By how much the mean surely grows or falls over a side: its least-squares line from end to end, less two standard errors. */
function growth(buckets: readonly Moments[], { n, mean, variance }: Side): number {
  const middle = buckets.reduce((sum, b) => sum + b.n * b.bucket, 0) / n;
  const spread = buckets.reduce((sum, b) => sum + b.n * (b.bucket - middle) ** 2, 0);
  if (spread === 0) return 0;
  const slope = buckets.reduce((sum, b) => sum + (b.bucket - middle) * (b.sum - b.n * mean), 0) / spread;
  const length = buckets.at(-1)!.bucket - buckets[0]!.bucket;
  return length * (Math.abs(slope) - 2 * Math.sqrt(variance / spread));
}
