import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/**
 * Rows that equal another row in all of `columns` (nulls equal nulls): `(k, first, size, place)`, `first` the lowest key
 * of the group, `place` 1 for it, 2 … for the rest by key. Only rows whose key is in `candidates` are compared, and they
 * are compared by their values, so a hash collision makes no group.
 */
export function equalRows(relation: Relation, columns: readonly Column[], candidates: string): Query {
  const ids = columns.map((column) => column.id);
  const group = `PARTITION BY ${ids.join(', ')}`;
  return {
    sql: `SELECT k, first, size, place FROM (
      SELECT k, min(k) OVER (${group}) AS first, count(*) OVER (${group}) AS size, row_number() OVER (${group} ORDER BY k) AS place
      FROM (SELECT k, ${ids.join(', ')} FROM ${relation.name} WHERE k IN (SELECT k FROM ${candidates})))
      WHERE size > 1`,
  };
}

/** One row on a table of {@link equalRows}: `groups`, `copies` beyond the first of each, `largest` group. */
export function equalRowsSummary(table: string): Query {
  return {
    sql: `SELECT count(*) FILTER (WHERE place = 1) AS groups, count(*) FILTER (WHERE place > 1) AS copies, coalesce(max(size), 0) AS largest FROM ${table}`,
  };
}

/** How many groups have each size, small sizes first: `(size, groups, rows)`. */
export function groupSizes(table: string): Query {
  return {
    sql: `SELECT size, count(*) FILTER (WHERE place = 1) AS groups, count(*) AS rows FROM ${table} GROUP BY size ORDER BY size`,
  };
}

/** Copies beyond the first of each group in the form of `Flagged`; more copies score higher. */
export function flaggedCopies(table: string, code: string, dialect: Dialect): Query {
  return {
    sql: `SELECT k, ${dialect.text(code)} AS code, CAST(NULL AS VARCHAR) AS column_name, 1 - 1.0 / size AS score,
      'drop' AS suggestion, '{"first":"' || CAST(first AS VARCHAR) || '","size":' || CAST(size AS VARCHAR) || '}' AS args
      FROM ${table} WHERE place > 1`,
  };
}

/** Copies of two tables of {@link equalRows} in the form of `Flagged`, those of the second that the first does not name. */
export function flaggedBoth(tables: readonly (readonly [string, string])[], dialect: Dialect): Query {
  const parts = tables.map(([table, code], i) => {
    const { sql } = flaggedCopies(table, code, dialect);
    const [first] = tables[0]!;
    return i === 0 ? sql : `SELECT * FROM (${sql}) WHERE k NOT IN (SELECT k FROM ${first} WHERE place > 1)`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** Row keys ascending. */
export function keysInOrder(relation: string): Query {
  return { sql: `SELECT k FROM ${relation} ORDER BY k` };
}

/** A keyed list of the copies beyond the first. */
export function copyKeys(table: string): Query {
  return { sql: `SELECT k, CAST(0 AS INTEGER) AS copy FROM ${table} WHERE place > 1` };
}

/** A keyed list of all rows of groups of one size. */
export function keysOfSize(table: string, size: number): Query {
  return { sql: `SELECT k, CAST(0 AS INTEGER) AS copy FROM ${table} WHERE size = ${size}` };
}

/**
 * One row, `pairs`: how many of `of` pairs of rows would be equal by chance if the columns of a sample were independent.
 * Columns are not, so it is a lower bound.
 */
export function pairsByChance(sample: string, columns: readonly Column[], of: number): Query {
  const same = columns.map(
    ({ id }) => `(SELECT coalesce(sum(n * (n - 1)) / nullif(sum(n) * (sum(n) - 1), 0), 0)
      FROM (SELECT CAST(count(*) AS DOUBLE) AS n FROM ${sample} GROUP BY ${id}))`,
  );
  return { sql: `SELECT ${of} * ${same.length === 0 ? '0' : same.join(' * ')} AS pairs` };
}
