import type { Query } from '../../../core/engine.js';

/** One row, `n`: how many rows a table has. */
export function rowCount(table: string): Query {
  return { sql: `SELECT count(*) AS n FROM ${table}` };
}
