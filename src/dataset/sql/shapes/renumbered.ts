import type { Query } from '../../../core/engine.js';
import type { Compiled } from '../plan/compiled.js';

/** The rows a plan leaves under their column ids, keyed anew as a file of them would be. */
export function renumbered({ result, columns }: Pick<Compiled, 'result' | 'columns'>): Query {
  const list = columns.map(({ id }) => id).join(', ');
  return { ...result, sql: `SELECT row_number() OVER (ORDER BY k, copy) - 1 AS k, ${list} FROM (${result.sql})` };
}
