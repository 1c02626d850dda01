import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/**
 * About `rows` rows of a relation, the same ones whatever the order, threads or engine: those whose key draws below the
 * share; all of them where the relation has no more. `(k, one column for each of columns)`.
 */
export function hashSample(
  relation: Relation,
  columns: readonly Column[],
  rows: number,
  seed: string,
  dialect: Dialect,
): Query {
  const list = ['k', ...columns.map((column) => column.id)].join(', ');
  const where = relation.rows <= rows ? '' : ` WHERE ${dialect.uniform(seed, 'k')} < ${rows / relation.rows}`;
  return { sql: `SELECT ${list} FROM ${relation.name}${where}` };
}
