import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { scalarSql } from './scalar.js';

/** Rows whose number is in another unit: of one slice (or all), from a moment on. */
export interface UnitRows {
  readonly column: Column;
  readonly slice: { readonly column: Column; readonly value: string } | null;
  readonly time: Column;
  /** Seconds since 1970, inclusive. */
  readonly from: number;
}

/** Whether a row lies in the slice and holds a number; never unknown. */
function inSlice({ column, slice }: UnitRows, dialect: Dialect): string {
  const level =
    slice === null ? '' : ` AND ${dialect.asText(slice.column.id, slice.column.type)} = ${dialect.text(slice.value)}`;
  return `coalesce(${scalarSql(column, dialect)} IS NOT NULL${level}, false)`;
}

/** Mean logarithm of positive values by bucket between two moments: `(bucket, n, mean)`, ascending. */
export function logMeans(
  relation: Relation,
  rows: UnitRows,
  seconds: number,
  between: readonly [low: number, high: number],
  dialect: Dialect,
): Query {
  const moment = dialect.epoch(rows.time.id, rows.time.type);
  const value = scalarSql(rows.column, dialect);
  return {
    sql: `SELECT CAST(floor(${moment} / ${seconds}) AS BIGINT) AS bucket, count(*) AS n, avg(ln(${value})) AS mean
      FROM ${relation.name} WHERE ${inSlice(rows, dialect)} AND ${value} > 0
        AND ${moment} >= ${between[0]} AND ${moment} < ${between[1]} GROUP BY bucket ORDER BY bucket`,
  };
}

/** One row: rows of the slice from the moment on, and the medians `before` and `after` of their numbers. */
export function unitMedians(relation: Relation, rows: UnitRows, dialect: Dialect): Query {
  const value = scalarSql(rows.column, dialect);
  const late = `${dialect.epoch(rows.time.id, rows.time.type)} >= ${rows.from}`;
  const median = (when: string): string => dialect.quantile(`CASE WHEN ${when} THEN ${value} END`, 0.5);
  return {
    sql: `SELECT count(*) FILTER (WHERE ${late}) AS n, ${median(`NOT (${late})`)} AS before, ${median(late)} AS after
      FROM ${relation.name} WHERE ${inSlice(rows, dialect)} AND ${rows.time.id} IS NOT NULL`,
  };
}

/** The cells in the other unit in the form of `Flagged`, with the value they would have in the old one. */
export function unitChangeFlags(
  relation: Relation,
  changes: readonly (UnitRows & { readonly factor: number })[],
  code: string,
  dialect: Dialect,
): Query {
  const parts = changes.map((change) => {
    const { column, factor, time, from } = change;
    const restored = `${scalarSql(column, dialect)} ${factor >= 1 ? `/ ${factor}` : `* ${Math.round(1 / factor)}`}`;
    return `SELECT k, ${dialect.text(code)} AS code, ${dialect.text(column.name)} AS column_name, CAST(1 AS DOUBLE) AS score,
      CAST(${restored} AS VARCHAR) AS suggestion, ${dialect.text(JSON.stringify({ factor }))} AS args
      FROM ${relation.name} WHERE ${inSlice(change, dialect)} AND ${dialect.epoch(time.id, time.type)} >= ${from}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}
