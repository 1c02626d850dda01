import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { sampleWhere } from './sample-where.js';

/**
 * About `rows` rows of a relation, the same ones whatever the order, threads or engine; all of them where the relation has
 * no more. `(k, one column for each of columns, and what else is made of a row)`.
 */
export function hashSample(
  relation: Relation,
  columns: readonly Column[],
  rows: number,
  seed: string,
  made: readonly string[] = [],
): Query {
  const list = ['k', ...columns.map((column) => column.id), ...made].join(', ');
  return { sql: `SELECT ${list} FROM ${relation.name} WHERE ${sampleWhere(relation.rows, rows, seed)}` };
}
