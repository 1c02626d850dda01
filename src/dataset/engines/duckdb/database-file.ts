import type { DuckDBConnection } from '@duckdb/node-api';
import type { Query } from '../../../core/engine.js';
import type { Guard } from './guard.js';
import { createHash } from 'node:crypto';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';
import { bind } from './params.js';

/** A table in a database file of DuckDB. */
export interface FileTable {
  readonly path: string;
  readonly table: string;
}

const { id, text } = duckDbDialect;

/** Writes a result as a table of a new database file, rows in order; counts them. */
export async function writeFileTable(
  connection: DuckDBConnection,
  guard: Guard,
  query: Query,
  { path, table }: FileTable,
): Promise<{ readonly rows: number }> {
  const { values, types } = bind(query.params);
  return attached(connection, guard, path, '', async (alias) => {
    const sql = `CREATE TABLE ${alias}.main.${id(table)} AS ${query.sql}`;
    const done = await guard.step(() => connection.runAndReadAll(sql, values, types));
    // Detaching writes the log of changes into the file; this tells a full disk while it can be told.
    await guard.step(() => connection.run(`CHECKPOINT ${alias}`));
    return { rows: Number(done.getRows()[0]?.[0] ?? 0) };
  });
}

/** Copies a table of a database file into the table `into`: `k` its place, then its columns as `c0` … */
export async function loadFileTable(
  connection: DuckDBConnection,
  guard: Guard,
  { path, table }: FileTable,
  columns: readonly string[],
  into: string,
): Promise<void> {
  await attached(connection, guard, path, '(READ_ONLY)', async (alias) => {
    const named = columns.map((name, i) => `t.${id(name)} AS c${i}`);
    const sql = `SELECT ${['t.rowid AS k', ...named].join(', ')} FROM ${alias}.main.${id(table)} AS t ORDER BY t.rowid`;
    await guard.step(() => connection.run(`CREATE OR REPLACE TABLE ${id(into)} AS ${sql}`));
  });
}

/** Runs `work` while the file is attached; the name of the attachment is of the path, so that two files never meet. */
async function attached<T>(
  connection: DuckDBConnection,
  guard: Guard,
  path: string,
  how: string,
  work: (alias: string) => Promise<T>,
): Promise<T> {
  const alias = `assay_file_${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
  await guard.step(() => connection.run(`ATTACH ${text(path)} AS ${alias} ${how}`));
  try {
    return await work(alias);
  } finally {
    // Not a step: it is done where the run was cancelled, too.
    await connection.run(`DETACH DATABASE IF EXISTS ${alias}`);
  }
}
