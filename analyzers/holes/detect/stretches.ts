import type { Usual } from './usual.js';

/** Consecutive buckets with far fewer, or far more, rows than usual. */
export interface Stretch {
  readonly kind: 'empty' | 'low' | 'high';
  /** First bucket and the one after the last, as places in the series. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly expected: number;
}

export interface Limits {
  /** Chance of any false stretch in the series. */
  readonly alpha: number;
  readonly lowShare: number;
  readonly leastRows: number;
}

/** More stretches of a kind than this are the habit of a log, not an accident. */
const mostOfAKind = 10;

/**
 * Stretches that the spread of honest buckets does not explain. A bucket without rows has the chance that a gamma mixture
 * of Poisson counts gives it; low and high ones are judged bucket by bucket, since their neighbours share their mood.
 */
export function stretches(counts: Float64Array, usual: Usual, limits: Limits): readonly Stretch[] {
  const kinds = Array.from(counts, (n, i) => kindOf(n, usual.rows[i]!, limits.lowShare));
  // A file begins and ends in the middle of a bucket.
  for (const end of [0, kinds.length - 1]) if (kinds[end] === 'low') kinds[end] = null;
  const found: Stretch[] = [];
  for (let from = 0; from < kinds.length;) {
    let to = from + 1;
    while (to < kinds.length && kinds[to] === kinds[from]) to++;
    const kind = kinds[from]!;
    if (kind !== null) found.push(stretchOf(kind, counts, usual.rows, from, to));
    from = to;
  }
  const threshold = Math.log(limits.alpha / Math.max(1, counts.length));
  const told = found.filter((stretch) => {
    if (Math.max(stretch.expected, stretch.rows) < limits.leastRows) return false;
    return logChance(stretch, counts, usual) < threshold;
  });
  return told.filter(({ kind }) => told.filter((other) => other.kind === kind).length <= mostOfAKind);
}

function kindOf(n: number, usual: number, lowShare: number): Stretch['kind'] | null {
  if (!(usual > 0)) return null;
  if (n === 0) return 'empty';
  if (n < lowShare * usual) return 'low';
  return n > usual / lowShare ? 'high' : null;
}

function stretchOf(
  kind: Stretch['kind'],
  counts: Float64Array,
  usual: Float64Array,
  from: number,
  to: number,
): Stretch {
  const sum = (values: Float64Array): number => values.subarray(from, to).reduce((total, v) => total + v, 0);
  return { kind, from, to, rows: sum(counts), expected: sum(usual) };
}

function logChance({ kind, from, to }: Stretch, counts: Float64Array, { rows, spread }: Usual): number {
  const chances = Array.from(counts.subarray(from, to), (n, i) => logTail(n, rows[from + i]!, spread));
  return kind === 'empty' ? chances.reduce((sum, chance) => sum + chance, 0) : Math.min(...chances);
}

/**
 * Logarithm of (a bound of) the chance of a count as far from `mean` as `n`, where honest buckets are gamma mixtures of Poisson counts that differ by
 * `spread`: Chernoff's bound of the negative binomial, which for no rows is the chance itself.
 */
export function logTail(n: number, mean: number, spread: number): number {
  const shape = 1 / (spread * spread);
  return (n + shape) * Math.log((n + shape) / (mean + shape)) - (n === 0 ? 0 : n * Math.log(n / mean));
}
