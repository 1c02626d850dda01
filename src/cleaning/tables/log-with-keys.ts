import type { Dialect, Query, TableColumn } from '../../core/engine.js';
import type { Relation } from '../../core/relation.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';
import { logColumns } from '../../dataset/sql/plan/files.js';
import { logWithKeysQuery } from '../../dataset/sql/plan/log-with-keys.js';

/** The change log as a table: its columns, and where row keys are numbers given here the key of the source behind them. */
export function logOf(
  compiled: Compiled,
  relation: Relation,
  key: readonly string[],
  numbered: boolean,
  dialect: Dialect,
): { readonly query: Query; readonly columns: readonly TableColumn[] } {
  const own = logColumns(compiled.pairs);
  const keyed = numbered ? relation.columns.filter((c) => key.includes(c.name)) : [];
  const names = own.map((c) => c.name);
  const keys = keyed.map((c) => ({ id: c.id, name: `key_${c.name}` }));
  const query = logWithKeysQuery(compiled.changes, names, numbered ? { relation, keys } : null, dialect);
  return { query, columns: [...own, ...keyed.map((c) => ({ name: `key_${c.name}`, like: c.name }))] };
}
