import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { isNumeric, typeKind } from '../type-kinds.js';
import { nullSql, numberSql } from './missing-mark.js';

/**
 * One row that says of every column, in one scan: `n<i>` null or NaN cells, `d<i>` about how many distinct values (a
 * sketch, for choosing what to look at; never reported), and for numbers `l<i>`, `h<i>` the least and the greatest, for
 * text `w<i>` cells that are one of `words` once trimmed and in lower case.
 */
export function cellCounts(
  relation: Relation,
  columns: readonly Column[],
  words: readonly string[],
  dialect: Dialect,
): Query {
  const list = words.map((word) => dialect.text(word)).join(', ');
  const parts = columns.flatMap((column, i) => [
    `count(*) FILTER (WHERE ${nullSql(column)}) AS n${i}`,
    `approx_count_distinct(${column.id}) AS d${i}`,
    ...(isNumeric(column.type) ? extremes(column, i) : []),
    ...(typeKind(column.type) === 'text' ? [`count(*) FILTER (WHERE ${plainWord(column)} IN (${list})) AS w${i}`] : []),
  ]);
  return { sql: `SELECT count(*) AS n${parts.map((part) => `, ${part}`).join('')} FROM ${relation.name}` };
}

function extremes(column: Column, i: number): readonly string[] {
  const number = numberSql(column);
  const where = ` FILTER (WHERE NOT ${nullSql(column)})`;
  return [`min(${number})${where} AS l${i}`, `max(${number})${where} AS h${i}`];
}

/** Text trimmed and in lower case. */
function plainWord(column: Column): string {
  return `lower(trim(${column.id}))`;
}

/** The spellings under which `words` occur in a text column: `(word, spelling, n)`, most frequent first. */
export function wordSpellings(relation: Relation, column: Column, words: readonly string[], dialect: Dialect): Query {
  const list = words.map((word) => dialect.text(word)).join(', ');
  return {
    sql: `SELECT ${plainWord(column)} AS word, ${column.id} AS spelling, count(*) AS n FROM ${relation.name}
      WHERE ${plainWord(column)} IN (${list}) GROUP BY ALL ORDER BY n DESC, spelling`,
  };
}

/**
 * One row on the numbers of a column apart from `sentinels`: `others` cells, `low` and `high` their extremes, `bulk_low`,
 * `middle` and `bulk_high` their quantiles .01, .5 and .99, `distinct_values` up to 1,000, and `c<i>` cells equal to
 * sentinel i.
 */
export function sentinelCounts(
  relation: Relation,
  column: Column,
  sentinels: readonly number[],
  dialect: Dialect,
): Query {
  const equal = sentinels.map((value, i) => `count(*) FILTER (WHERE x = ${value}) AS c${i}`);
  const isOther = `x NOT IN (${sentinels.join(', ')})`;
  const other = `CASE WHEN ${isOther} THEN x END`;
  return {
    sql: `SELECT count(*) FILTER (WHERE ${isOther}) AS others, min(${other}) AS low, max(${other}) AS high,
      ${dialect.quantile(other, 0.01)} AS bulk_low, ${dialect.quantile(other, 0.5)} AS middle,
      ${dialect.quantile(other, 0.99)} AS bulk_high, least(count(DISTINCT ${other}), 1000) AS distinct_values,
      ${equal.join(', ')}
      FROM (SELECT ${numberSql(column)} AS x FROM ${relation.name} WHERE NOT ${nullSql(column)})`,
  };
}
