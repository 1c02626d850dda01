import type { Query } from '../../../core/engine.js';

/** The rows of several queries with the same columns, one after the other; they have no parameters. */
export function unionAll(queries: readonly Query[]): Query {
  return { sql: queries.map((query) => query.sql).join(' UNION ALL ') };
}
