import type { Finding } from '../../../src/core/evidence.js';
import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { topShares } from '../../../src/dataset/sql/shapes/top-shares.js';
import { inGroups } from '../../../src/derived/in-groups.js';

/** How much of a column is one value. */
export interface TopValue {
  readonly column: Column;
  readonly rows: number;
  /** Rows in which it is given. */
  readonly present: number;
  /** All given cells are equal. */
  readonly single: boolean;
  /** Rows that hold its most frequent value, about: where none stands out, of some frequent one. */
  readonly top: number;
}

/** The most frequent value is that of a sample: one that makes up nearly all rows is the most frequent one of any. */
export function topValues(
  relation: Relation,
  columns: readonly Column[],
  sample: string,
  run: Run,
): Promise<readonly TopValue[]> {
  return inGroups(columns, async (some) => {
    const [row = {}] = await run.engine.rows(topShares(relation, some, sample), 1, run);
    return some.map((column, i) => {
      const [present, top] = [Number(row[`n${i}`]), Number(row[`top${i}`])];
      return { column, rows: Number(row['rows']), present, single: row[`single${i}`] === true, top };
    });
  });
}

/** Columns of one value, and those of nearly one. Columns without any value are what `missing` reports. */
export function singleValues(values: readonly TopValue[], nearConstant: number): readonly Finding[] {
  const constant = values.filter(({ single, present, rows }) => single && present === rows);
  const near = values.filter((v) => v.top / v.rows >= nearConstant && !constant.includes(v));
  const columns = near.map(({ column }) => column.name);
  const others = Math.max(0, ...near.map(({ rows, top }) => rows - top));
  return [
    ...constant.map(({ column }): Finding => ({
      code: 'constants.constant',
      severity: 'suspect',
      args: { column: column.name },
    })),
    ...(near.length === 0
      ? []
      : [{ code: 'constants.near-constant', severity: 'note', args: { columns, others } } as const]),
  ];
}

/** Rows outside a column's most frequent value (or its nulls) without which it tells too little to be compared. */
const fewestTelling = 20;

/** Columns whose cells vary enough that agreement with another column is no coincidence. */
export function telling(values: readonly TopValue[]): readonly Column[] {
  return values
    .filter(({ rows, present, top }) => rows - Math.max(top, rows - present) >= fewestTelling)
    .map(({ column }) => column);
}
