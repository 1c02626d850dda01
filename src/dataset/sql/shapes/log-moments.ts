import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { bucketSql } from './marks-by-time.js';
import { sampleWhere } from './sample-where.js';
import { scalarSql } from './scalar.js';

/** Rows in time, whole or within one value of a column. */
export interface LogMoments {
  readonly relation: Relation;
  readonly time: Column;
  /** Width of a bucket in seconds. */
  readonly seconds: number;
  readonly columns: readonly Column[];
  readonly slices: readonly Column[];
}

/**
 * Count, sum and sum of squares of the logarithm of positive values by time bucket, for all rows and within each value
 * of each slice column, from about `wanted` rows in one scan: `(slice, level, bucket, n0, s0, q0, n1 …)`. Slice -1 is
 * all rows. Logarithms are whole multiples of 2^-10, so that sums do not depend on the order of rows.
 */
export function logMoments(of: LogMoments, wanted: number, seed: string, dialect: Dialect): Query {
  const { relation, time, seconds, columns, slices } = of;
  const logs = columns.map((column, i) => `, ${logSql(scalarSql(column, dialect))} AS x${i}`).join('');
  const levels = slices.map(({ id, type }, i) => `, ${dialect.asText(id, type)} AS s${i}`).join('');
  const sums = columns.map((_, i) => `, ${momentsSql(`x${i}`, i)}`).join('');
  const sets = ['(bucket)', ...slices.map((_, i) => `(bucket, s${i})`)].join(', ');
  const cases = (value: (i: number) => string): string =>
    slices.map((_, i) => ` WHEN grouping(s${i}) = 0 THEN ${value(i)}`).join('');
  const slice = slices.length === 0 ? '-1' : `CASE${cases(String)} ELSE -1 END`;
  const level = slices.length === 0 ? 'CAST(NULL AS VARCHAR)' : `CASE${cases((i) => `s${i}`)} END`;
  return {
    sql: `SELECT ${slice} AS slice, ${level} AS level, bucket${sums}
      FROM (SELECT ${bucketSql(time, seconds, dialect)} AS bucket${levels}${logs} FROM ${relation.name}
        WHERE ${time.id} IS NOT NULL AND ${sampleWhere(relation.rows, wanted, seed)})
      GROUP BY GROUPING SETS (${sets}) ORDER BY slice, level NULLS FIRST, bucket`,
  };
}

const grain = 2 ** 10;

function logSql(value: string): string {
  return `CASE WHEN ${value} > 0 AND ${value} < 1e300 THEN CAST(round(ln(${value}) * ${grain}) AS INTEGER) END`;
}

function momentsSql(log: string, i: number): string {
  return `count(${log}) AS n${i}, CAST(coalesce(sum(${log}), 0) AS DOUBLE) / ${grain} AS s${i},
    CAST(coalesce(sum(CAST(${log} AS BIGINT) * ${log}), 0) AS DOUBLE) / ${grain * grain} AS q${i}`;
}
