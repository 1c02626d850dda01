import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { isNumeric, typeKind } from '../type-kinds.js';
import { numberSql, presentSql } from './missing-mark.js';

/**
 * One row that says of every column, in one scan: `n<i>` null or NaN cells, and for numbers `l<i>`, `h<i>` the least and
 * the greatest. Extremes are taken before the cast to DOUBLE, which keeps order: whole numbers are then compared as they
 * are stored.
 */
export function cellCounts(relation: Relation, columns: readonly Column[]): Query {
  const parts = columns.flatMap((column, i) => [
    `count(*) - count(x${i}) AS n${i}`,
    ...(isNumeric(column.type) ? [`CAST(min(x${i}) AS DOUBLE) AS l${i}`, `CAST(max(x${i}) AS DOUBLE) AS h${i}`] : []),
  ]);
  const cells = columns.map((column, i) => `, ${presentOrNull(column)} AS x${i}`);
  return {
    sql: `SELECT count(*) AS n${parts.map((part) => `, ${part}`).join('')} FROM (SELECT k${cells.join('')} FROM ${relation.name})`,
  };
}

/** One row, `d<i>`: about how many distinct values each column has. A sketch, for choosing what to look at; never reported. */
export function distinctSketch(relation: Relation, columns: readonly Column[]): Query {
  const parts = columns.map((column, i) => `approx_count_distinct(${presentOrNull(column)}) AS d${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

function presentOrNull({ id, type }: Column): string {
  return typeKind(type) === 'float' ? `CASE WHEN isnan(${id}) THEN NULL ELSE ${id} END` : id;
}

/** One row, in one scan: `w<i>` cells of each text column that are one of `words` once trimmed and in lower case. */
export function wordCounts(
  relation: Relation,
  columns: readonly Column[],
  words: readonly string[],
  dialect: Dialect,
): Query {
  const list = words.map((word) => dialect.text(word)).join(', ');
  const parts = columns.map(({ id }, i) => `count(*) FILTER (WHERE ${plainWord(id)} IN (${list})) AS w${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

/** The same of columns by tables of their levels `(v, n)`, each value looked at once: `(place, w)`, `place` the position in `tables`. */
export function wordCountsByLevel(tables: readonly string[], words: readonly string[], dialect: Dialect): Query {
  const list = words.map((word) => dialect.text(word)).join(', ');
  const parts = tables.map(
    (table, i) => `SELECT ${i} AS place, coalesce(sum(n), 0) AS w FROM ${table} WHERE ${plainWord('v')} IN (${list})`,
  );
  return { sql: parts.join(' UNION ALL ') };
}

/** Each value of a column, null too, with its rows: `(v, n)`. */
export function rowsByLevel(relation: Relation, { id }: Column): Query {
  return { sql: `SELECT ${id} AS v, count(*) AS n FROM ${relation.name} GROUP BY ${id}` };
}

/** Text trimmed and in lower case. */
function plainWord(cell: string): string {
  return `lower(trim(${cell}))`;
}

/** The spellings under which `words` occur in a text column: `(word, spelling, n)`, most frequent first. */
export function wordSpellings(relation: Relation, column: Column, words: readonly string[], dialect: Dialect): Query {
  const list = words.map((word) => dialect.text(word)).join(', ');
  return {
    sql: `SELECT ${plainWord('v')} AS word, v AS spelling, n FROM (${rowsByLevel(relation, column).sql})
      WHERE ${plainWord('v')} IN (${list}) ORDER BY n DESC, spelling`,
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
  const numbers = suspected.map((own, i) => `${numberSql(own.column)} AS x${i}, ${apartSql(own)} AS y${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM (SELECT ${numbers.join(', ')} FROM ${relation.name})` };
}

/**
 * One row on the numbers of some columns apart from their sentinels: quantiles `low<i>` (.01) and `high<i>` (.99), null
 * without a number, and `distinct<i>` values up to 1,000.
 */
export function bulksOf(relation: Relation, suspected: readonly Suspected[], dialect: Dialect): Query {
  const parts = suspected.flatMap((_, i) => [
    `${dialect.quantile(`y${i}`, 0.01)} AS low${i}`,
    `${dialect.quantile(`y${i}`, 0.99)} AS high${i}`,
    `least(count(DISTINCT y${i}), 1000) AS distinct${i}`,
  ]);
  const numbers = suspected.map((own, i) => `${apartSql(own)} AS y${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM (SELECT ${numbers.join(', ')} FROM ${relation.name})` };
}

/** The number of a cell, null where it is none or a sentinel. */
function apartSql({ column, sentinels }: Suspected): string {
  const x = numberSql(column);
  return `CASE WHEN ${presentSql(column)} AND ${x} NOT IN (${sentinels.join(', ')}) THEN ${x} END`;
}
