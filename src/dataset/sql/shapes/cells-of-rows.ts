import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Longest text of a cell; what is longer is cut and ends in an ellipsis. */
const longest = 500;

/** `k` and the cells of the rows with these keys as text, in key order. */
export function cellsOfRows(
  relation: Pick<Relation, 'name'>,
  columns: readonly Column[],
  keys: readonly bigint[],
): Query {
  return {
    sql: `SELECT ${['k', ...columns.map(cell)].join(', ')} FROM ${relation.name} WHERE k IN (${keys.join(', ')}) ORDER BY k`,
  };
}

/** The same of all rows from one key to another, both included. */
export function cellsBetween(relation: Relation, columns: readonly Column[], from: bigint, to: bigint): Query {
  return {
    sql: `SELECT ${['k', ...columns.map(cell)].join(', ')} FROM ${relation.name} WHERE k BETWEEN ${from} AND ${to} ORDER BY k`,
  };
}

/** `k` and the cells of the first rows as text. */
export function cellsOfFirstRows(relation: Relation, columns: readonly Column[], rows: number): Query {
  return { sql: `SELECT ${['k', ...columns.map(cell)].join(', ')} FROM ${relation.name} LIMIT ${Math.trunc(rows)}` };
}

function cell({ id }: Column): string {
  const text = `CAST(${id} AS VARCHAR)`;
  return `CASE WHEN length(${text}) > ${longest} THEN left(${text}, ${longest}) || '…' ELSE ${text} END AS ${id}`;
}
