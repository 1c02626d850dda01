import type { DuckDBConnection } from '@duckdb/node-api';
import type { Guard } from './guard.js';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';

/** Removes the view or table `name`, whichever it is; absent names are fine. */
export async function dropEntry(connection: DuckDBConnection, guard: Guard, name: string): Promise<void> {
  const kind = await guard.step(() =>
    connection.runAndReadAll(
      `SELECT 'VIEW' FROM duckdb_views() WHERE view_name = $name AND NOT internal
       UNION ALL SELECT 'TABLE' FROM duckdb_tables() WHERE table_name = $name`,
      { name },
    ),
  );
  for (const [word] of kind.getRows()) {
    await guard.step(() => connection.run(`DROP ${String(word)} IF EXISTS ${duckDbDialect.id(name)}`));
  }
}
