import type { LabelNoiseOptions } from './options.js';

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
  /** Sum of z^2 of its cells. */
  readonly strength: number;
}

/** A cell with more than this share of the rows of its time is the time itself (a weekday, a date), not a slice of it. */
const mostOfTime = 0.8;

/** Standard errors between seen and expected positives; 1 is added to the variance so that tiny cells stay quiet. */
export function zOf(positives: number, expected: number, variance: number): number {
  return (positives - expected) / Math.sqrt(variance + 1);
}

/**
 * Cells above `z`, grown to neighbours in time above `zNext`. `cells` are ordered by cut, values and bucket; all must
 * exceed the expectation by the factor `ratio`. Where all other rows of the same time exceed it too (a busy day, an
 * outage of a feature), a cell is compared with them: that excess belongs to the day, not to the cell.
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
}

function compareWithRest(cells: readonly Cell[]): readonly Compared[] {
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
    if (cell.rows > mostOfTime * total.rows) return { ...cell, usual: cell.expected, z: 0 };
    const expected = total.expected - cell.expected;
    const factor = expected > 0 ? (total.positives - cell.positives) / expected : 1;
    if (!(factor > 1)) return { ...cell, usual: cell.expected, z: zOf(cell.positives, cell.expected, cell.variance) };
    const usual = factor * cell.expected;
    // The factor is itself estimated, from the other rows.
    const uncertain = (cell.expected / expected) ** 2 * (total.variance - cell.variance);
    return { ...cell, usual, z: zOf(cell.positives, usual, cell.variance + uncertain) };
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
    ),
    strength: total((c) => c.z ** 2),
  };
}
