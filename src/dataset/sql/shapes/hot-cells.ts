import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { bucketSql } from './marks-by-time.js';

/** Rows of one value of one or two columns, in a stretch of time where one is given. */
export interface Slice {
  readonly values: readonly { readonly column: Column; readonly value: string | null }[];
  /** Seconds since 1970, from inclusive, to exclusive. */
  readonly time: { readonly column: Column; readonly from: number; readonly to: number } | null;
}

/** Probabilities are summed as whole multiples of this share, so that a sum does not depend on the order of its terms. */
export const grain: number = 2 ** 30;

/** Whether a row lies in the slice; never unknown. Values are compared as text. */
export function sliceSql(slice: Slice, dialect: Dialect): string {
  const values = slice.values.map(({ column, value }) =>
    value === null ? `${column.id} IS NULL` : `CAST(${column.id} AS VARCHAR) = ${dialect.text(value)}`,
  );
  const { time } = slice;
  if (time !== null) {
    const moment = dialect.epoch(time.column.id, time.column.type);
    values.push(`${moment} >= ${time.from}`, `${moment} < ${time.to}`);
  }
  return `coalesce(${values.join(' AND ')}, false)`;
}

/** Approximate number of distinct values of each column, in one row, by column id. */
export function levelCounts(relation: Relation, columns: readonly Column[]): Query {
  const counts = columns.map(({ id }) => `approx_count_distinct(${id}) AS ${id}`);
  return { sql: `SELECT ${counts.join(', ')} FROM ${relation.name}` };
}

/**
 * Rows with what a model expects of them: `(k, y, e, v, bucket, s0 …)`: label, probability and its variance in grains,
 * time bucket (null without time), and each slice column as text. `probabilities` is a table `(k, p)`.
 */
export function expectedRows(
  relation: Relation,
  probabilities: string,
  label: Label,
  time: { readonly column: Column; readonly seconds: number } | null,
  columns: readonly Column[],
  dialect: Dialect,
): Query {
  const levels = columns.map((column, i) => `, ${dialect.asText(column.id, column.type)} AS s${i}`).join('');
  const bucket = time === null ? 'CAST(NULL AS BIGINT)' : bucketSql(time.column, time.seconds, dialect);
  return {
    sql: `SELECT r.k, ${labelSql(label, dialect)} AS y, CAST(round(q.p * ${grain}) AS BIGINT) AS e,
      CAST(round(q.p * (1 - q.p) * ${grain}) AS BIGINT) AS v, ${bucket} AS bucket${levels}
      FROM ${relation.name} AS r JOIN ${probabilities} AS q ON q.k = r.k`,
  };
}

/** A cell that is already explained: rows of these columns (by place in {@link expectedRows}) and buckets. */
export interface Explained {
  readonly columns: readonly number[];
  readonly values: readonly (string | null)[];
  /** First and last bucket, null without time. */
  readonly buckets: readonly [number, number] | null;
}

/**
 * Rows, positives, and expected positives with their variance, of every cell of each cut: `(cut, a, b, bucket, n, y, e, v)`.
 * A cut is one or two columns by place; cells are crossed with the time bucket. Explained rows are left out.
 */
export function cellExcesses(
  table: string,
  cuts: readonly (readonly number[])[],
  explained: readonly Explained[],
  dialect: Dialect,
): Query {
  const where = explained.map((cell) => `NOT ${explainedSql(cell, dialect)}`).join(' AND ');
  const parts = cuts.map(([a, b], cut) => {
    const second = b === undefined ? 'CAST(NULL AS VARCHAR)' : `s${b}`;
    return `SELECT ${cut} AS cut, s${a!} AS a, ${second} AS b, bucket, count(*) AS n, sum(y) AS y,
      CAST(sum(e) AS DOUBLE) / ${grain} AS e, CAST(sum(v) AS DOUBLE) / ${grain} AS v
      FROM ${table}${where === '' ? '' : ` WHERE ${where}`} GROUP BY s${a!}, ${b === undefined ? '' : `s${b}, `}bucket`;
  });
  return { sql: `${parts.join(' UNION ALL ')} ORDER BY cut, a NULLS FIRST, b NULLS FIRST, bucket NULLS FIRST` };
}

function explainedSql(cell: Explained, dialect: Dialect): string {
  const terms = cell.columns.map((column, i) => {
    const value = cell.values[i] ?? null;
    return value === null ? `s${column} IS NULL` : `s${column} = ${dialect.text(value)}`;
  });
  if (cell.buckets !== null) terms.push(`bucket BETWEEN ${cell.buckets[0]} AND ${cell.buckets[1]}`);
  return `coalesce(${terms.join(' AND ')}, false)`;
}

/** Positives of a slice and what a model expects of it, in one row: `y`, `e`, `v`. */
export function sliceExcess(
  relation: Relation,
  probabilities: string,
  label: Label,
  slice: Slice,
  dialect: Dialect,
): Query {
  return {
    sql: `SELECT sum(y) AS y, CAST(sum(e) AS DOUBLE) / ${grain} AS e, CAST(sum(v) AS DOUBLE) / ${grain} AS v
      FROM (SELECT ${labelSql(label, dialect)} AS y, CAST(round(q.p * ${grain}) AS BIGINT) AS e,
        CAST(round(q.p * (1 - q.p) * ${grain}) AS BIGINT) AS v
        FROM ${relation.name} AS r JOIN ${probabilities} AS q ON q.k = r.k WHERE ${sliceSql(slice, dialect)})`,
  };
}
