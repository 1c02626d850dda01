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
  if (!numbered)
    return {
      query: logWithKeysQuery(
        compiled.changes,
        own.map((c) => c.name),
        null,
        dialect,
      ),
      columns: own,
    };
  const columns = relation.columns.filter((c) => key.includes(c.name));
  const keys = columns.map((c) => ({ id: c.id, name: `key_${c.name}` }));
  const query = logWithKeysQuery(
    compiled.changes,
    own.map((c) => c.name),
    { relation, keys },
    dialect,
  );
  return { query, columns: [...own, ...columns.map((c) => ({ name: `key_${c.name}`, like: c.name }))] };
}
