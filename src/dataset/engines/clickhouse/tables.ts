import type { Call, Query, TableColumn, TableForm, TableName, Tables } from '../../../core/engine.js';
import type { Server } from './server.js';
import { inline } from '../../sql/inline.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';
import { countOf } from './count.js';

const { id, text } = clickHouseDialect;

/** What rows lie by may be null. */
const nullable = 'SETTINGS allow_nullable_key = 1';

/** Tables of the server that stay when the session ends, in whichever database they are asked for. */
export function serverTables(server: Server): Tables {
  return {
    present: (tables, call) => present(server, tables, call),
    make: (table, form, query, call) => make(server, table, form, query, call),
    rename: (from, to, call) => server.tell({ sql: `RENAME TABLE ${nameOf(from)} TO ${nameOf(to)}` }, call),
    drop: async (tables, call) => {
      // Not the caller's call: it is done where that was stopped, too.
      const own: Call = { id: call.id, signal: new AbortController().signal };
      for (const table of tables) await server.tell({ sql: `DROP TABLE IF EXISTS ${nameOf(table)} SYNC` }, own);
    },
  };
}

function nameOf({ database, table }: TableName): string {
  return `${id(database)}.${id(table)}`;
}

async function present(server: Server, tables: readonly TableName[], call: Call): Promise<readonly TableName[]> {
  const found: TableName[] = [];
  for (const table of tables) {
    const named = `database = ${text(table.database)} AND name = ${text(table.table)}`;
    if ((await countOf(server, `SELECT count(*) AS n FROM system.tables WHERE ${named}`, call)) > 0) found.push(table);
  }
  return found;
}

async function make(
  server: Server,
  table: TableName,
  { source, columns, order }: TableForm,
  query: Query,
  call: Call,
): Promise<{ readonly rows: number }> {
  const into = nameOf(table);
  const empty = `SELECT ${columns.map(typed).join(', ')} FROM ${nameOf(source)} AS s WHERE false`;
  const by = order.length === 0 ? 'tuple()' : `(${order.map(id).join(', ')})`;
  await server.tell({ sql: `CREATE TABLE ${into} ENGINE = MergeTree ORDER BY ${by} ${nullable} AS ${empty}` }, call);
  const names = columns.map(({ name }) => id(name)).join(', ');
  await server.tell({ sql: `INSERT INTO ${into} (${names}) ${inline(query)}` }, call);
  return { rows: await countOf(server, `SELECT count(*) AS n FROM ${into}`, call) };
}

/** An expression of the type of a column: no type of the server need be written down. */
function typed(column: TableColumn): string {
  const value = 'like' in column ? `s.${id(column.like)}` : `CAST(NULL AS ${column.type})`;
  return `${value} AS ${id(column.name)}`;
}
