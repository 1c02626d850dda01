import type { Call } from '../../../core/engine.js';
import type { Server } from './server.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';

const { id } = clickHouseDialect;

/** Removes the view or table `name`, whichever it is; absent names are fine. */
export async function dropEntry(server: Server, name: string, call: Call): Promise<void> {
  await server.tell({ sql: `DROP TABLE IF EXISTS ${id(name)} SYNC` }, call);
}

/** Keeps a result as the table `name`; it may read from what it replaces. */
export async function replaceEntry(server: Server, name: string, sql: string, call: Call): Promise<void> {
  const beside = `${name}__new`;
  await dropEntry(server, beside, call);
  await server.tell({ sql: `CREATE TABLE ${id(beside)} ENGINE = MergeTree ORDER BY tuple() AS ${sql}` }, call);
  await dropEntry(server, name, call);
  await server.tell({ sql: `RENAME TABLE ${id(beside)} TO ${id(name)}` }, call);
}
