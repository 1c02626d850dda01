import type { Dialect, Query } from '../../core/engine.js';

/**
 * One row `n, h`: how many rows a table holds, and a fingerprint of them, whatever their order: the hashes of the rows
 * laid over each other. `ids` are its columns besides the key.
 */
export function printQuery(table: string, ids: readonly string[], dialect: Dialect): Query {
  const hash = dialect.rowHash(['k', ...ids]);
  return { sql: `SELECT count(*) AS n, CAST(bit_xor(${hash}) AS VARCHAR) AS h FROM ${dialect.id(table)}` };
}
