import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** The columns of a change log in their order, and behind them columns of the relation by the row of each entry. */
export function logWithKeysQuery(
  changes: Query,
  names: readonly string[],
  beside: {
    readonly relation: Relation;
    readonly keys: readonly { readonly id: string; readonly name: string }[];
  } | null,
  dialect: Dialect,
): Query {
  const own = names.map((name) => `l.${dialect.id(name)} AS ${dialect.id(name)}`);
  if (beside === null) return { ...changes, sql: `SELECT ${own.join(', ')} FROM (${changes.sql}) AS l` };
  const keys = beside.keys.map(({ id, name }) => `r.${id} AS ${dialect.id(name)}`);
  // The log is the smaller side, which a hash join holds in memory.
  const from = `${beside.relation.name} AS r JOIN (${changes.sql}) AS l ON l.row_key = r.k`;
  return { ...changes, sql: `SELECT ${[...own, ...keys].join(', ')} FROM ${from}` };
}
