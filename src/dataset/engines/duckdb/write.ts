import type { DuckDBConnection } from '@duckdb/node-api';
import type { ParquetCompression, Query, Sink } from '../../../core/engine.js';
import type { Guard } from './guard.js';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';
import { writeFileTable } from './database-file.js';
import { dropEntry } from './entries.js';
import { inline } from '../../sql/inline.js';
import { bind } from './params.js';

/**
 * Options of every file that Assay writes. Dictionaries lose the sign of zero, and bloom filters lose rows to
 * `= 0` (duckdb issue 25781), so both are off; version 2 with zstd is then also smaller and faster.
 */
export const parquetOptions: string = parquetWith('zstd');
const formats = {
  csv: "FORMAT csv, HEADER true, NULLSTR ''",
  jsonl: 'FORMAT json',
} as const;

/** Writes a result to its sink and counts the rows written; 0 for a view. */
export async function writeResult(
  connection: DuckDBConnection,
  guard: Guard,
  query: Query,
  sink: Sink,
): Promise<{ readonly rows: number }> {
  if (sink.kind === 'view') {
    await dropEntry(connection, guard, sink.name);
    await guard.step(() => connection.run(`CREATE VIEW ${duckDbDialect.id(sink.name)} AS ${inline(query)}`));
    return { rows: 0 };
  }
  if (sink.kind === 'database') return writeFileTable(connection, guard, query, sink);
  const { values, types } = bind(query.params);
  const count = async (sql: string): Promise<number> => {
    const done = await guard.step(() => connection.runAndReadAll(sql, values, types));
    return Number(done.getRows()[0]?.[0] ?? 0);
  };
  if (sink.kind === 'table') {
    await dropOtherKind(connection, guard, sink.name);
    return { rows: await count(`CREATE OR REPLACE TABLE ${duckDbDialect.id(sink.name)} AS ${query.sql}`) };
  }
  const options = sink.kind === 'parquet' ? parquetWith(sink.compression ?? 'zstd') : formats[sink.kind];
  return { rows: await count(`COPY (${query.sql}) TO ${duckDbDialect.text(sink.path)} (${options})`) };
}

function parquetWith(compression: ParquetCompression): string {
  return `FORMAT parquet, COMPRESSION ${compression}, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 0, WRITE_BLOOM_FILTER false`;
}

/** A table may replace a table (even one it reads from), but not a view. */
async function dropOtherKind(connection: DuckDBConnection, guard: Guard, name: string): Promise<void> {
  const view = await guard.step(() =>
    connection.runAndReadAll('SELECT 1 FROM duckdb_views() WHERE view_name = $name AND NOT internal', { name }),
  );
  if (view.getRows().length > 0) await dropEntry(connection, guard, name);
}
