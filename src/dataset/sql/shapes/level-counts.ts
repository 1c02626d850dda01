import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { nullSql } from './missing-mark.js';
import { bothSides, type Sides } from './sides.js';

/**
 * Rows of each value on both sides: `(kind, level, reference, current, once)`, kind `level` for values with at least `least`
 * reference rows, `rare` for the rest of the reference pooled, `unseen` for values the reference does not have, `null`;
 * `once` counts those of one reference row.
 */
export function levelCounts(sides: Sides, column: Column, least: number, dialect: Dialect): Query {
  return {
    sql: `SELECT kind, level, CAST(sum(r) AS BIGINT) AS reference, CAST(sum(c) AS BIGINT) AS current,
        CAST(sum(CASE WHEN r = 1 THEN 1 ELSE 0 END) AS BIGINT) AS once FROM (
        SELECT CASE WHEN level IS NULL THEN 'null' WHEN r >= ${least} THEN 'level' WHEN r > 0 THEN 'rare' ELSE 'unseen' END AS kind,
          CASE WHEN r >= ${least} THEN level END AS level, r, c FROM ${byLevel(sides, column, dialect)})
      GROUP BY kind, level ORDER BY kind, level NULLS FIRST`,
  };
}

/** Values the reference does not have, most frequent first: `(level, n)`, and the most frequent one it does have. */
export function unseenLevels(sides: Sides, column: Column, most: number, dialect: Dialect): Query {
  return {
    sql: `SELECT level, c AS n FROM ${byLevel(sides, column, dialect)}
      WHERE r = 0 AND level IS NOT NULL ORDER BY c DESC, level LIMIT ${most}`,
  };
}

/** Values as text, NaN as null, with their rows on each side. */
function byLevel(sides: Sides, column: Column, dialect: Dialect): string {
  const value = `CASE WHEN ${nullSql(column)} THEN NULL ELSE ${column.id} END AS value`;
  return `(SELECT CAST(value AS VARCHAR) AS level, count(*) FILTER (WHERE side = 0) AS r,
    count(*) FILTER (WHERE side = 1) AS c FROM ${bothSides(sides, [value], dialect)} GROUP BY value)`;
}

/** Rows of some values of a column in the form of `Flagged`. */
export function levelFlags(
  relation: Relation,
  column: Column,
  levels: readonly string[],
  code: string,
  dialect: Dialect,
): Query {
  const list = levels.map((level) => dialect.text(level)).join(', ');
  return {
    sql: `SELECT k, ${dialect.text(code)} AS code, ${dialect.text(column.name)} AS column_name, CAST(0.5 AS DOUBLE) AS score,
      CAST(NULL AS VARCHAR) AS suggestion, '{}' AS args FROM ${relation.name} WHERE CAST(${column.id} AS VARCHAR) IN (${list})`,
  };
}
