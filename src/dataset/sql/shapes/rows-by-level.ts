import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { bucketSql } from './marks-by-time.js';
import { bothSides, type Sides } from './sides.js';

/**
 * Rows by time bucket of each of the `most` commonest values of each column, a scan of two columns each: `(place, level, bucket, n)`, `place` the
 * position in `columns`, `level` the value as text.
 */
export function rowsByLevel(
  relation: Relation,
  columns: readonly Column[],
  time: Column,
  seconds: number,
  most: number,
  dialect: Dialect,
): Query {
  const parts = columns.map(({ id }, place) => {
    const commonest = `SELECT ${id} FROM ${relation.name} WHERE ${id} IS NOT NULL GROUP BY ${id} ORDER BY count(*) DESC, ${id} LIMIT ${most}`;
    return `SELECT ${place} AS place, CAST(${id} AS VARCHAR) AS level, bucket, n
      FROM (SELECT ${id}, ${bucketSql(time, seconds, dialect)} AS bucket, count(*) AS n FROM ${relation.name}
        WHERE ${time.id} IS NOT NULL AND ${id} IN (${commonest}) GROUP BY ${id}, bucket)`;
  });
  return { sql: `SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY place, level, bucket` };
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
