import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Distinct values of a whole-number column that lie next to each other, `side` of them, tell how dense values are there. */
export const side = 100;

/** The distinct values of a column: `(v)`. What {@link idGaps} and {@link idResidues} read. */
export function distinctIds(relation: Relation, { id }: Column): Query {
  return { sql: `SELECT DISTINCT ${id} AS v FROM ${relation.name} WHERE ${id} IS NOT NULL` };
}

/**
 * The longest stretches of whole numbers that a table of ids leaves out, each between two values it has: `(low, high, values, left, right)`, `low`
 * and `high` the last value before and the first after, `values` how many there are in all, `left` and `right` the span of numbers
 * that the `side` values before and after take.
 */
export function idGaps(ids: string, most: number): Query {
  const placed = `SELECT lag(v) OVER o AS low, v AS high, count(*) OVER () AS "values",
      lag(v) OVER o - lag(v, ${side}) OVER o AS "left", lead(v, ${side - 1}) OVER o - v AS "right"
    FROM (SELECT CAST(v AS DOUBLE) AS v FROM ${ids}) WINDOW o AS (ORDER BY v)`;
  return {
    sql: `SELECT * FROM (${placed}) WHERE high - low > 1 ORDER BY high - low DESC, low LIMIT ${most}`,
  };
}

/** Ids by what is left of them after division by `by`: `(residue, n)`. */
export function idResidues(ids: string, by: number): Query {
  return {
    sql: `SELECT CAST(((v % ${by}) + ${by}) % ${by} AS INTEGER) AS residue, count(*) AS n FROM ${ids} GROUP BY residue ORDER BY residue`,
  };
}

/**
 * Rows of consecutive values of a whole-number column, the values nearest to the one at the share `centre` of all first, whole values at a time:
 * `(k, copy, draw)`.
 */
export function blockUnits(relation: Relation, { id }: Column, centre: number): Query {
  const placed = `SELECT v, abs((row_number() OVER (ORDER BY v) - 0.5) / CAST(count(*) OVER () AS DOUBLE) - ${centre}) AS away
    FROM (SELECT DISTINCT ${id} AS v FROM ${relation.name} WHERE ${id} IS NOT NULL)`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, away AS draw FROM ${relation.name} AS r JOIN (${placed}) AS p ON p.v = r.${id}`,
  };
}
