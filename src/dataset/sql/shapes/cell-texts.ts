import type { Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';

/** The cells of a small table as text, in the order of its keys. */
export function cellTexts(table: string, columns: readonly Column[]): Query {
  const texts = columns.map(({ id }) => `CAST(${id} AS VARCHAR) AS ${id}`).join(', ');
  return { sql: `SELECT ${texts} FROM ${table} ORDER BY k` };
}
