import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { doubleSql } from '../double-sql.js';
import { rowOfKey } from '../row-key.js';
import { nullSql, numberSql } from './missing-mark.js';

/** What two rows are compared in: SQL expressions over internal ids. */
export type Compared = readonly string[];

/** A column as it is read on a grid of cells `width` wide, moved by `shift` cells. */
export function onGrid(column: Column, width: number, shift: number): string {
  const place = `floor(${numberSql(column)} / ${doubleSql(width)} + ${doubleSql(shift)})`;
  return `CASE WHEN ${nullSql(column)} THEN NULL ELSE ${place} END`;
}

/** Hashes that rows of both relations have: a small superset of the rows they share. `(h)`. */
export function sharedHashes(a: Relation, b: Relation, compared: Compared, dialect: Dialect): Query {
  const hash = dialect.rowHash(compared);
  return { sql: `SELECT ${hash} AS h FROM ${a.name} INTERSECT SELECT ${hash} AS h FROM ${b.name}` };
}

/**
 * Rows of `train` and `test` that equal a row of the other one in all that is compared (nulls equal nulls):
 * `(k, side, other, others, same_label)`, `side` 0 for train and 1 for test, `other` the lowest key on the other side,
 * `others` the rows there, `same_label` whether a row there has the same label. Only rows whose hash is in `hashes` are compared, and they are
 * compared by their values, so a collision of hashes makes no pair.
 */
export function sharedRows(
  train: Relation,
  test: Relation,
  compared: Compared,
  label: string,
  hashes: string,
  dialect: Dialect,
): Query {
  const named = compared.map((expression, i) => `${expression} AS e${i}`).join(', ');
  const rows = (relation: Relation, side: 0 | 1): string =>
    `SELECT k, ${side} AS side, ${label} AS y, ${named} FROM ${relation.name}
      WHERE ${dialect.rowHash(compared)} IN (SELECT h FROM ${hashes})`;
  const group = `PARTITION BY ${compared.map((_, i) => `e${i}`).join(', ')}`;
  const over = (what: string, side: 0 | 1): string => `${what} FILTER (WHERE side = ${side}) OVER (${group})`;
  const sides = ([0, 1] as const).map((side) => {
    const figures = { first: 'min(k)', count: 'count(*)', low: 'min(y)', high: 'max(y)' };
    return Object.entries(figures)
      .map(([name, what]) => `${over(what, side)} AS ${name}${side}`)
      .join(', ');
  });
  return {
    sql: `SELECT k, side, ${across('first')} AS other, ${across('count')} AS others,
        coalesce(y BETWEEN ${across('low')} AND ${across('high')}, true) AS same_label
      FROM (SELECT k, side, y, ${sides.join(', ')} FROM (${rows(train, 0)} UNION ALL ${rows(test, 1)}))
      WHERE ${across('first')} IS NOT NULL`,
  };
}

/** A figure of the rows on the other side. */
function across(name: string): string {
  return `CASE WHEN side = 0 THEN ${name}1 ELSE ${name}0 END`;
}

/** One row on tables of {@link sharedRows}: `train` and `test` rows in any of them, and `other_label` of the train rows. */
export function sharedRowsSummary(tables: readonly string[], apart: string | null): Query {
  const all = tables.map((table) => `SELECT k, side, same_label FROM ${table}`).join(' UNION ALL ');
  const where = apart === null ? '' : ` WHERE k NOT IN (SELECT k FROM ${apart})`;
  return {
    sql: `SELECT count(*) FILTER (WHERE side = 0) AS train, count(*) FILTER (WHERE side = 1) AS test,
      count(*) FILTER (WHERE side = 0 AND NOT same) AS other_label
      FROM (SELECT k, side, bool_or(same_label) AS same FROM (${all})${where} GROUP BY k, side)`,
  };
}

/** Pairs of equal rows in a table of {@link sharedRows}: one row, `pairs`. */
export function sharedPairs(table: string): Query {
  return { sql: `SELECT coalesce(sum(others), 0) AS pairs FROM ${table} WHERE side = 0` };
}

/** Train rows of tables of {@link sharedRows}, each under its code, in the form of `Flagged`; earlier tables go first. */
export function flaggedShared(
  tables: readonly { readonly table: string; readonly code: string; readonly score: number }[],
  dialect: Dialect,
): Query {
  const parts = tables.map(({ table, code, score }, i) => {
    return `SELECT k, ${i} AS place, ${dialect.text(code)} AS code, CAST(${score} AS DOUBLE) AS score, other, same_label
      FROM ${table} WHERE side = 0`;
  });
  const test = `CAST(${rowOfKey('other')} AS VARCHAR)`;
  return {
    sql: `SELECT k, code, CAST(NULL AS VARCHAR) AS column_name, score, 'drop' AS suggestion,
      '{"test":' || ${test} || ',"same":' || CASE WHEN same_label THEN 'true' ELSE 'false' END || '}' AS args
      FROM (SELECT *, row_number() OVER (PARTITION BY k ORDER BY place, other) AS rank FROM (${parts.join(' UNION ALL ')}))
      WHERE rank = 1`,
  };
}

/** One row on what a column of both relations holds: `units` of `b` in all, `known` of them in `a`, and their `rows`. */
export function sharedUnits(a: Relation, b: Relation, column: Column): Query {
  return {
    sql: `SELECT count(*) AS units, count(*) FILTER (WHERE known) AS known, coalesce(sum(n), 0) AS rows,
      coalesce(sum(n) FILTER (WHERE known), 0) AS known_rows
      FROM (SELECT ${column.id} IN (SELECT ${column.id} FROM ${a.name} WHERE ${column.id} IS NOT NULL) AS known, count(*) AS n
        FROM ${b.name} WHERE ${column.id} IS NOT NULL GROUP BY ${column.id})`,
  };
}
