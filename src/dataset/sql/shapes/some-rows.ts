import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { sampleWhere } from './sample-where.js';

/** About `rows` rows of a relation, the same ones whatever the order, threads or engine: `(k, columns)`. */
export function someRows(
  relation: Relation,
  columns: readonly Column[],
  rows: number,
  seed: string,
  dialect: Dialect,
): Query {
  const list = ['k', ...columns.map((column) => column.id)].join(', ');
  return { sql: `SELECT ${list} FROM ${relation.name} WHERE ${sampleWhere(relation.rows, rows, seed, dialect)}` };
}

/** The cells of a small table as text, in the order of its keys. */
export function cellTexts(table: string, columns: readonly Column[]): Query {
  const texts = columns.map(({ id }) => `CAST(${id} AS VARCHAR) AS ${id}`).join(', ');
  return { sql: `SELECT ${texts} FROM ${table} ORDER BY k` };
}
