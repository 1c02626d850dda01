import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** A column that a row takes over from a row of another relation; the cell of that row is `o.<id>`. */
export interface Lent {
  readonly column: Column;
  /** What is taken over, as SQL over `o`. */
  readonly value: string;
}

/**
 * All rows of a relation, each with the values of a drawn row of another one: `(k, copy, draw, <id> for each column)`.
 */
export function lentRows(
  relation: Relation,
  from: Relation,
  lent: readonly Lent[],
  seed: string,
  dialect: Dialect,
): Query {
  const values = lent.map(({ column, value }) => `CAST(${value} AS ${column.type}) AS ${column.id}`);
  const place = `CAST(floor(${dialect.uniform(`${seed}/row`, 'k')} * ${from.rows}) AS BIGINT)`;
  const numbered = `SELECT *, row_number() OVER (ORDER BY k) - 1 AS place FROM ${from.name}`;
  return {
    sql: `SELECT r.k AS k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(`${seed}/order`, 'r.k')} AS draw, ${values.join(', ')}
      FROM (SELECT k, ${place} AS place FROM ${relation.name}) AS r JOIN (${numbered}) AS o ON o.place = r.place`,
  };
}
