import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { markSql, type Mark } from './missing-mark.js';

/** Bucket number of a row: whole `seconds` since 1970, BIGINT. */
export function bucketSql(time: Column, seconds: number, dialect: Dialect): string {
  return `CAST(floor(${dialect.epoch(time.id, time.type)} / ${seconds}) AS BIGINT)`;
}

/** First and last moment of a relation in seconds since 1970: `low`, `high`, null without rows. */
export function timeSpan(relation: Relation, time: Column, dialect: Dialect): Query {
  const moment = dialect.epoch(time.id, time.type);
  return { sql: `SELECT min(${moment}) AS low, max(${moment}) AS high FROM ${relation.name}` };
}

/**
 * Marked cells by time bucket, for all rows together and within each value of each slice column, in one scan:
 * `(slice, level, bucket, n, x0, x1 …)`, slice -1 for all rows, `level` the value as text. Rows without time are left out.
 */
export function marksByTime(
  relation: Relation,
  marks: readonly Mark[],
  time: Column,
  seconds: number,
  slices: readonly Column[],
  dialect: Dialect,
): Query {
  const counts = marks.map((_, i) => `count(*) FILTER (WHERE m${i}) AS x${i}`).join(', ');
  const inner = marks.map((mark, i) => `, ${markSql(mark, dialect)} AS m${i}`).join('');
  const levels = slices.map((column, i) => `, ${dialect.asText(column.id, column.type)} AS s${i}`).join('');
  const sets = ['(bucket)', ...slices.map((_, i) => `(bucket, s${i})`)].join(', ');
  const slice = slices.map((_, i) => ` WHEN grouping(s${i}) = 0 THEN ${i}`).join('');
  const level = slices.map((_, i) => ` WHEN grouping(s${i}) = 0 THEN s${i}`).join('');
  return {
    sql: `SELECT ${choose(slice, '-1')} AS slice, ${choose(level, 'CAST(NULL AS VARCHAR)')} AS level, bucket, count(*) AS n, ${counts}
      FROM (SELECT ${bucketSql(time, seconds, dialect)} AS bucket${levels}${inner} FROM ${relation.name} WHERE ${time.id} IS NOT NULL)
      GROUP BY GROUPING SETS (${sets}) ORDER BY slice, level NULLS FIRST, bucket`,
  };
}

function choose(cases: string, otherwise: string): string {
  return cases === '' ? otherwise : `CASE${cases} ELSE ${otherwise} END`;
}
