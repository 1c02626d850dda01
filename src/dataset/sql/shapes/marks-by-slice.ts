import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { markSql, type Mark } from './missing-mark.js';

/** Marked cells within each value of each slice column, in one scan: `(slice, level, n, x0, x1 …)`. */
export function marksBySlice(
  relation: Relation,
  marks: readonly Mark[],
  slices: readonly Column[],
  dialect: Dialect,
): Query {
  const counts = marks.map((_, i) => `, count(*) FILTER (WHERE m${i}) AS x${i}`).join('');
  const inner = marks.map((mark, i) => `${markSql(mark, dialect)} AS m${i}`);
  const levels = slices.map((column, i) => `${dialect.asText(column.id, column.type)} AS s${i}`);
  const cases = (what: (i: number) => string): string =>
    slices.map((_, i) => ` WHEN grouping(s${i}) = 0 THEN ${what(i)}`).join('');
  return {
    sql: `SELECT CASE${cases(String)} END AS slice, CASE${cases((i) => `s${i}`)} END AS level, count(*) AS n${counts}
      FROM (SELECT ${[...levels, ...inner].join(', ')} FROM ${relation.name})
      GROUP BY GROUPING SETS (${slices.map((_, i) => `(s${i})`).join(', ')}) ORDER BY slice, level NULLS FIRST`,
  };
}
