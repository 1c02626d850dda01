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

/** Standard errors between seen and expected positives; 1 is added to the variance so that tiny cells stay quiet. */
export function zOf(positives: number, expected: number, variance: number): number {
  return (positives - expected) / Math.sqrt(variance + 1);
}

/**
 * Cells above `z`, grown to neighbours in time above `zNext`. `cells` are ordered by cut, values and bucket; all must
 * exceed the expectation by the factor `ratio`.
 */
export function hotStretches(
  cells: readonly Cell[],
  options: Pick<LabelNoiseOptions, 'z' | 'zNext' | 'ratio'>,
): readonly Stretch[] {
  const found: Stretch[] = [];
  let group: Cell[] = [];
  const close = (): void => {
    if (group.some((cell) => zOfCell(cell) > options.z)) found.push(sum(group));
    group = [];
  };
  for (const cell of cells) {
    const last = group.at(-1);
    if (last !== undefined && !follows(last, cell)) close();
    const warm = zOfCell(cell) > options.zNext && cell.positives >= options.ratio * cell.expected;
    if (warm) group.push(cell);
  }
  close();
  return found;
}

function follows(last: Cell, next: Cell): boolean {
  const same = last.cut === next.cut && last.values.every((value, i) => value === next.values[i]);
  return same && last.bucket !== null && next.bucket === last.bucket + 1;
}

function sum(cells: readonly Cell[]): Stretch {
  const [first] = cells;
  const last = cells.at(-1)!;
  const total = (of: (cell: Cell) => number): number => cells.reduce((t, cell) => t + of(cell), 0);
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
    strength: total((c) => zOfCell(c) ** 2),
  };
}

function zOfCell(cell: Cell): number {
  return zOf(cell.positives, cell.expected, cell.variance);
}
