import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { bucketSql } from './marks-by-time.js';
import { bothSides, type Sides } from './sides.js';

/**
 * Rows by time bucket of each of the `most` commonest values of each column, in one scan: `(place, level, bucket, n)`, `place` the position in
 * `columns`, `level` the value as text.
 */
export function rowsByLevel(
  relation: Relation,
  columns: readonly Column[],
  time: Column,
  seconds: number,
  most: number,
  dialect: Dialect,
): Query {
  const levels = columns.map((column, i) => `CAST(${column.id} AS VARCHAR) AS s${i}`).join(', ');
  const sets = columns.map((_, i) => `(bucket, s${i})`).join(', ');
  const place = columns.map((_, i) => ` WHEN grouping(s${i}) = 0 THEN ${i}`).join('');
  const level = columns.map((_, i) => ` WHEN grouping(s${i}) = 0 THEN s${i}`).join('');
  const counted = `SELECT CASE${place} END AS place, CASE${level} END AS level, bucket, count(*) AS n
    FROM (SELECT ${bucketSql(time, seconds, dialect)} AS bucket, ${levels} FROM ${relation.name} WHERE ${time.id} IS NOT NULL)
    GROUP BY GROUPING SETS (${sets})`;
  const sized = `SELECT *, sum(n) OVER (PARTITION BY place, level) AS size FROM (${counted}) WHERE level IS NOT NULL`;
  const ranked = `SELECT *, dense_rank() OVER (PARTITION BY place ORDER BY size DESC, level) AS rank FROM (${sized})`;
  return {
    sql: `SELECT place, level, bucket, n FROM (${ranked}) WHERE rank <= ${most} ORDER BY place, level, bucket`,
  };
}

/**
 * Values with at least `least` reference rows of which the current side has none: `(place, level, n)`, the commonest first, at most `most` a
 * column, and how many there are (`lost`).
 */
export function lostLevels(
  sides: Sides,
  columns: readonly Column[],
  least: number,
  most: number,
  dialect: Dialect,
): Query {
  const parts = columns.map(({ id }, i) => {
    const counts = `SELECT CAST(${id} AS VARCHAR) AS level, count(*) FILTER (WHERE side = 0) AS n, count(*) FILTER (WHERE side = 1) AS c
      FROM ${bothSides(sides, [id], dialect)} WHERE ${id} IS NOT NULL GROUP BY level`;
    return `(SELECT ${i} AS place, level, n, count(*) OVER () AS lost FROM (${counts}) WHERE c = 0 AND n >= ${least} ORDER BY n DESC, level LIMIT ${most})`;
  });
  return { sql: `SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY place, n DESC, level` };
}
