import type { Query } from '../../../core/engine.js';

/** Flagged units of each column of a table in the form of `Flagged`, most first: `(column_name, n)`. */
export function rowsByColumn(flagged: string): Query {
  return { sql: `SELECT column_name, count(*) AS n FROM ${flagged} GROUP BY column_name ORDER BY n DESC, column_name` };
}
