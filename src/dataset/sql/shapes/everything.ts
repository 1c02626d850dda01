import type { Query } from '../../../core/engine.js';

/** All columns and rows of a table, in stored order. */
export function everything(table: string): Query {
  return { sql: `SELECT * FROM ${table}` };
}
