import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { isNumeric, typeKind } from '../type-kinds.js';
import { nullSql, numberSql, presentSql } from './missing-mark.js';

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

/** A numeric column with the numbers that may stand for null in it. */
export interface Suspected {
  readonly column: Column;
  readonly sentinels: readonly number[];
}

/**
 * One row, in one scan: for each column its numbers apart from its sentinels, `o<i>` cells with extremes `l<i>`, `h<i>`,
 * and `c<i>_<j>` cells equal to its sentinel j.
 */
export function sentinelCounts(relation: Relation, suspected: readonly Suspected[]): Query {
  const parts = suspected.flatMap(({ sentinels }, i) => [
    `count(y${i}) AS o${i}`,
    `min(y${i}) AS l${i}`,
    `max(y${i}) AS h${i}`,
    ...sentinels.map((value, j) => `count(*) FILTER (WHERE x${i} = ${value}) AS c${i}_${j}`),
  ]);
  const numbers = suspected.map(({ column, sentinels }, i) => {
    const x = numberSql(column);
    const isOther = `${presentSql(column)} AND ${x} NOT IN (${sentinels.join(', ')})`;
    return `${x} AS x${i}, CASE WHEN ${isOther} THEN ${x} END AS y${i}`;
  });
  return { sql: `SELECT ${parts.join(', ')} FROM (SELECT ${numbers.join(', ')} FROM ${relation.name})` };
}

/** One row on the numbers of a column apart from `sentinels`: quantiles `low` (.01) and `high` (.99), `distinct_values` up to 1,000. */
export function bulkOf(relation: Relation, column: Column, sentinels: readonly number[], dialect: Dialect): Query {
  const where = `${presentSql(column)} AND ${numberSql(column)} NOT IN (${sentinels.join(', ')})`;
  return {
    sql: `SELECT ${dialect.quantile('x', 0.01)} AS low, ${dialect.quantile('x', 0.99)} AS high,
      least(count(DISTINCT x), 1000) AS distinct_values
      FROM (SELECT ${numberSql(column)} AS x FROM ${relation.name} WHERE ${where})`,
  };
}
