import type { LabelNoiseOptions } from './options.js';
import { normalQuantile } from '../../src/stats/distributions.js';
import { quantile } from '../../src/stats/quantile.js';

/** Rows of one value (or pair of values) in one bucket of time, with positives seen and expected. */
export interface Cell {
  readonly cut: number;
  readonly values: readonly [string | null, string | null];
  /** Null without time. */
  readonly bucket: number | null;
  readonly rows: number;
  readonly positives: number;
  readonly expected: number;
  /** Sum of p (1 - p). */
  readonly variance: number;
}

/** Hot cells of one value in consecutive buckets, summed. */
export interface Stretch {
  readonly cut: number;
  readonly values: readonly [string | null, string | null];
  /** First and last bucket. */
  readonly buckets: readonly [number, number] | null;
  readonly rows: number;
  readonly positives: number;
  readonly expected: number;
  readonly z: number;
  /** Standard errors that one is worth in this cut, at least 1: what `z` was divided by. */
  readonly stray: number;
  /** Sum of z^2 of its cells. */
  readonly strength: number;
}

/** A cell with more than this share of the rows of its time is the time itself (a weekday, a date), not a slice of it. */
const mostOfTime = 0.8;

/** Fewer cells, or cells of fewer expected positives, do not tell how far cells stray. */
const leastCells = 20;
const leastExpected = 5;

/**
 * Standard errors between seen and expected positives, each worth `stray`; 1 is added to the variance so that tiny cells stay
 * quiet.
 */
export function zOf(positives: number, expected: number, variance: number, stray: number): number {
  return (positives - expected) / (stray * Math.sqrt(variance + 1));
}

/**
 * Cells above `z`, grown to neighbours in time above `zNext`. `cells` are ordered by cut, values and bucket; all must
 * exceed the expectation by the factor `ratio`. Where all other rows of the same time exceed it too (a busy day, an
 * outage of a feature), a cell is compared with them: that excess belongs to the day, not to the cell. Where the cells of a cut
 * stray more than rows drawn one by one (storms delay whole airports for hours), deviations are measured in that.
 */
export function hotStretches(
  cells: readonly Cell[],
  options: Pick<LabelNoiseOptions, 'z' | 'zNext' | 'ratio'>,
): readonly Stretch[] {
  const found: Stretch[] = [];
  let group: Compared[] = [];
  const close = (): void => {
    if (group.some((cell) => cell.z > options.z)) found.push(sum(group));
    group = [];
  };
  for (const cell of compareWithRest(cells)) {
    const last = group.at(-1);
    if (last !== undefined && !follows(last, cell)) close();
    const warm = cell.z > options.zNext && cell.positives >= options.ratio * cell.usual;
    if (warm) group.push(cell);
  }
  close();
  return found;
}

/** A cell beside the other rows of its cut and time. */
interface Compared extends Cell {
  /** Expected positives, scaled up where the other rows of the time exceed their own expectation. */
  readonly usual: number;
  readonly z: number;
  readonly stray: number;
}

interface Beside extends Omit<Compared, 'z' | 'stray'> {
  /** Variance of the difference between seen and usual positives. */
  readonly noise: number;
  /**
   * Standard errors that lie between the cell and what it is nearer to: its own expectation, or the other rows of its time. A
   * busy day lifts all cells off the one, a hot cell its neighbours off the other.
   */
  readonly apart: number;
}

function compareWithRest(cells: readonly Cell[]): readonly Compared[] {
  const compared = besideRest(cells);
  const byCut = new Map<number, number[]>();
  for (const { cut, expected, noise, apart } of compared) {
    if (noise === 0 || expected < leastExpected) continue;
    const known = byCut.get(cut) ?? [];
    known.push(apart);
    byCut.set(cut, known);
  }
  const strays = new Map([...byCut].map(([cut, found]) => [cut, strayOf(found)]));
  return compared.map((cell) => {
    const stray = strays.get(cell.cut) ?? 1;
    return { ...cell, stray, z: zOf(cell.positives, cell.usual, cell.noise, stray) };
  });
}

/** By the median: how many standard errors one is worth (overdispersion, McCullagh and Nelder 1989). */
function strayOf(apart: readonly number[]): number {
  return apart.length < leastCells ? 1 : Math.max(1, quantile(apart, 0.5) / normalQuantile(0.75));
}

function besideRest(cells: readonly Cell[]): readonly Beside[] {
  const totals = new Map<string, { rows: number; positives: number; expected: number; variance: number }>();
  const key = (cell: Cell): string => `${cell.cut} ${cell.bucket ?? ''}`;
  for (const cell of cells) {
    const total = totals.get(key(cell)) ?? { rows: 0, positives: 0, expected: 0, variance: 0 };
    total.rows += cell.rows;
    total.positives += cell.positives;
    total.expected += cell.expected;
    total.variance += cell.variance;
    totals.set(key(cell), total);
  }
  return cells.map((cell) => {
    const total = totals.get(key(cell))!;
    if (cell.rows > mostOfTime * total.rows) return { ...cell, usual: cell.positives, noise: 0, apart: 0 };
    const expected = total.expected - cell.expected;
    const factor = expected > 0 ? (total.positives - cell.positives) / expected : 1;
    // The factor is itself estimated, from the other rows.
    const uncertain = expected > 0 ? (cell.expected / expected) ** 2 * (total.variance - cell.variance) : 0;
    const besides = factor * cell.expected;
    const own = zOf(cell.positives, cell.expected, cell.variance, 1);
    const apart = Math.min(Math.abs(own), Math.abs(zOf(cell.positives, besides, cell.variance + uncertain, 1)));
    return factor > 1
      ? { ...cell, usual: besides, noise: cell.variance + uncertain, apart }
      : { ...cell, usual: cell.expected, noise: cell.variance, apart };
  });
}

function follows(last: Cell, next: Cell): boolean {
  const same = last.cut === next.cut && last.values.every((value, i) => value === next.values[i]);
  return same && last.bucket !== null && next.bucket === last.bucket + 1;
}

function sum(cells: readonly Compared[]): Stretch {
  const [first] = cells;
  const last = cells.at(-1)!;
  const total = (of: (cell: Compared) => number): number => cells.reduce((t, cell) => t + of(cell), 0);
  const positives = total((c) => c.positives);
  const expected = total((c) => c.expected);
  return {
    cut: first!.cut,
    values: first!.values,
    buckets: first!.bucket === null ? null : [first!.bucket, last.bucket!],
    rows: total((c) => c.rows),
    positives,
    expected,
    z: zOf(
      positives,
      expected,
      total((c) => c.variance),
      first!.stray,
    ),
    stray: first!.stray,
    strength: total((c) => c.z ** 2),
  };
}
