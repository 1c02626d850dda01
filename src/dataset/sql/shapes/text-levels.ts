import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Values of a text column with their rows, most frequent first, ties in byte order: `(value, n)`, at most `most`. */
export function textLevels(relation: Relation, column: Column, most: number): Query {
  return {
    sql: `SELECT ${column.id} AS value, count(*) AS n FROM ${relation.name} WHERE ${column.id} IS NOT NULL
      GROUP BY ${column.id} ORDER BY n DESC, value LIMIT ${most}`,
  };
}

/** A column and the number under which a table knows it. */
export interface PlacedColumn {
  readonly column: Column;
  readonly place: number;
}

/** Cells that hold one of some values: `(k, place, code, score, suggestion)` by the table `marks (place, value, code, score, suggestion)`. */
export function cellsOfLevels(relation: Relation, columns: readonly PlacedColumn[], marks: string): Query {
  const parts = columns.map(
    ({ column, place }) => `SELECT k, place, code, score, suggestion FROM ${relation.name}
      JOIN (SELECT * FROM ${marks} WHERE place = ${place}) AS m ON ${column.id} = m.value`,
  );
  return { sql: parts.join(' UNION ALL ') };
}

/**
 * One row a cell of the tables `parts (k, place, code, score, suggestion)`, those of the first table before those of the
 * next, codes in the order of `codes`: `(k, place, code, score, suggestion)`.
 */
export function cellsOnce(parts: readonly string[], codes: readonly string[], dialect: Dialect): Query {
  const rank = codes.map((code, i) => `WHEN ${dialect.text(code)} THEN ${i}`).join(' ');
  const all = parts.map((part) => `SELECT k, place, code, score, suggestion FROM ${part}`).join(' UNION ALL ');
  return {
    sql: `SELECT k, place, code, score, suggestion FROM (
      SELECT *, row_number() OVER (PARTITION BY k, place ORDER BY CASE code ${rank} ELSE ${codes.length} END) AS one FROM (${all})) WHERE one = 1`,
  };
}

/** How many cells carry each code in each column: `(place, code, n)`. */
export function codedCells(table: string): Query {
  return { sql: `SELECT place, code, count(*) AS n FROM ${table} GROUP BY place, code ORDER BY place, code` };
}

/** What a code changes most often in a column: `(value, suggestion, n)`. */
export function frequentChanges(
  relation: Relation,
  table: string,
  { column, place, code }: PlacedColumn & { readonly code: string },
  most: number,
  dialect: Dialect,
): Query {
  return {
    sql: `SELECT ${column.id} AS value, suggestion, count(*) AS n FROM ${table} AS t JOIN ${relation.name} AS r ON t.k = r.k
      WHERE place = ${place} AND code = ${dialect.text(code)} GROUP BY ${column.id}, suggestion
      ORDER BY n DESC, value NULLS FIRST, suggestion LIMIT ${most}`,
  };
}

/** The cells of a table `(k, place, code, score, suggestion)` in the form of `Flagged`. */
export function flaggedTextCells(table: string, columns: readonly Column[], dialect: Dialect): Query {
  const names = columns.map(({ name }, i) => `WHEN ${i} THEN ${dialect.text(name)}`).join(' ');
  return {
    sql: `SELECT k, code, CASE place ${names} END AS column_name, score, suggestion, '{}' AS args FROM ${table}`,
  };
}

/** A keyed list of the cells of one column with a suggestion of its own, `(k, copy, value)`. */
export function suggestedValues(table: string, place: number, code: string, dialect: Dialect): Query {
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, suggestion AS value FROM ${table}
      WHERE place = ${place} AND code = ${dialect.text(code)} AND suggestion IS NOT NULL`,
  };
}
