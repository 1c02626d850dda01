import type { Dialect, Query } from '../../../core/engine.js';

/** Flagged units of each column of a table in the form of `Flagged`, most first: `(column_name, n)`. */
export function rowsByColumn(flagged: string): Query {
  return { sql: `SELECT column_name, count(*) AS n FROM ${flagged} GROUP BY column_name ORDER BY n DESC, column_name` };
}

/** The flagged units of some columns, in the form of `Flagged`. */
export function flaggedOfColumns(flagged: string, columns: readonly string[], dialect: Dialect): Query {
  const names = columns.map((name) => dialect.text(name)).join(', ');
  return { sql: `SELECT * FROM ${flagged} WHERE ${columns.length === 0 ? 'false' : `column_name IN (${names})`}` };
}
