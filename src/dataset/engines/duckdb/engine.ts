import type { DuckDBDataChunk, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import type { Batch, Call, Engine, Query, Value } from '../../../core/engine.js';
import type { Pool } from './pool.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { AssayError } from '../../../core/errors.js';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';
import { attachFiles } from './attach.js';
import { loadFileTable } from './database-file.js';
import { dropEntry } from './entries.js';
import { storeHashPads } from './hash-pads.js';
import { narrowed } from './narrow.js';
import { bind } from './params.js';
import { createPool } from './pool.js';
import { putTable } from './put.js';
import { readRows } from './result-rows.js';
import { shortTypeName } from './type-name.js';
import { readChunk } from './vectors.js';
import { writeResult } from './write.js';

export interface DuckDbOptions {
  /** Limit of the engine's own memory, such as `3GB`; half of the machine's by default. */
  readonly memory?: string;
  /** Threads of the engine; all cores by default. Results do not depend on it. */
  readonly threads?: number;
  /** Folder to spill to when memory runs out; a fresh temporary folder by default, removed on close. */
  readonly temp?: string;
}

/** Opens the embedded engine: a database in memory that spills to disk and never reaches for the network. */
export async function createDuckDb(options: DuckDbOptions = {}): Promise<Engine> {
  const spill = options.temp ?? (await mkdtemp(join(tmpdir(), 'assay-')));
  const instance = await DuckDBInstance.create(':memory:', settings(options, spill));
  const setup = await instance.connect();
  // Options of extensions, so they cannot be among the settings of a new database.
  await setup.run("SET GLOBAL TimeZone = 'UTC'");
  // Footers of wide files are megabytes, and each statement would read them anew.
  await setup.run('SET GLOBAL parquet_metadata_cache = true');
  await storeHashPads(setup);
  setup.closeSync();
  const pool = createPool(instance, spill);
  let stages = 0;
  let sources = 0;
  return {
    dialect: duckDbDialect,
    attach: (source, call) => attachFiles(pool, `assay_source_${++sources}`, source, call),
    rows: (query, maxRows, call) => rows(pool, query, maxRows, call),
    batches: (query, call) => batches(pool, query, call),
    put: (name, columns, call) =>
      pool.with(call, (connection, guard) => putTable(connection, guard, name, columns, `assay_stage_${++stages}`)),
    write: (query, sink, call) =>
      pool.with(
        call,
        (connection, guard) => writeResult(connection, guard, narrowed(query, pool.wide.values()), sink),
        'path' in sink ? sink.path : undefined,
      ),
    load: (path, table, columns, into, call) =>
      pool.with(call, (connection, guard) => loadFileTable(connection, guard, { path, table }, columns, into), path),
    describe: (query, call) => describe(pool, query, call),
    drop: (name, { id }) =>
      pool.with({ id, signal: new AbortController().signal }, (connection, guard) =>
        dropEntry(connection, guard, name),
      ),
    cancel: async (runId) => pool.cancel(runId),
    close: async () => {
      pool.close();
      instance.closeSync();
      if (options.temp === undefined) await rm(spill, { recursive: true, force: true });
    },
  };
}

function settings(options: DuckDbOptions, spill: string): Record<string, string> {
  // A container may own less than the machine; constrainedMemory is 0 or huge where there is no limit.
  const limit = process.constrainedMemory() || totalmem();
  const memory = options.memory ?? `${Math.floor(Math.min(limit, totalmem()) / 2 / 2 ** 20)}MB`;
  return {
    memory_limit: memory,
    threads: String(options.threads ?? availableParallelism()),
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  };
}

/** Turns a chunk of a result into what its reader wants. */
type ReadChunk<T> = (chunk: DuckDBDataChunk, names: readonly string[], types: readonly DuckDBType[]) => T;

async function rows(pool: Pool, query: Query, maxRows: number, call: Call): Promise<readonly Record<string, Value>[]> {
  const out: Record<string, Value>[] = [];
  for await (const some of chunks(pool, query, call, readRows)) {
    if (out.length + some.length > maxRows) throw tooMany(maxRows);
    out.push(...some);
  }
  return out;
}

function tooMany(maxRows: number): AssayError {
  return new AssayError('internal', { message: `a result has more than the ${maxRows} rows it may have` });
}

function batches(pool: Pool, query: Query, call: Call): AsyncGenerator<Batch> {
  return chunks(pool, query, call, readChunk);
}

/**
 * The result piece by piece, the next one made by the engine while the reader is busy with one; the connection goes back to
 * the pool when the reader is done or gives up.
 */
async function* chunks<T>(pool: Pool, query: Query, call: Call, read: ReadChunk<T>): AsyncGenerator<T> {
  const { connection, guard, end } = await pool.lease(call);
  let whole = false;
  let ahead: Promise<DuckDBDataChunk | null> | null = null;
  try {
    const result = await guard.step(() =>
      start(connection.stream.bind(connection), narrowed(query, pool.wide.values())),
    );
    const names = result.columnNames();
    const types = result.columnTypes();
    const fetch = (): Promise<DuckDBDataChunk | null> => guard.step(() => result.fetchChunk());
    ahead = fetch();
    for (;;) {
      const chunk: DuckDBDataChunk | null = await ahead;
      ahead = null;
      if (chunk === null || chunk.rowCount === 0) break;
      ahead = fetch();
      // Its failure is told when it is awaited; until then nobody does.
      ahead.catch(() => {});
      yield read(chunk, names, types);
    }
    whole = true;
  } finally {
    if (ahead !== null) {
      guard.cancel();
      await ahead.catch(() => {});
    }
    end(whole);
  }
}

type Stream = (
  sql: string,
  ...bound: [ReturnType<typeof bind>['values'], ReturnType<typeof bind>['types']]
) => Promise<DuckDBResult>;

function start(stream: Stream, query: Query): Promise<DuckDBResult> {
  const { values, types } = bind(query.params);
  return stream(query.sql, values, types);
}

async function describe(
  pool: Pool,
  query: Query,
  call: Call,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  return pool.with(call, async (connection, guard) => {
    const { values, types } = bind(query.params);
    const reader = await guard.step(() => connection.runAndReadAll(`DESCRIBE ${query.sql}`, values, types));
    return reader.getRows().map(([name, type]) => ({ name: String(name), type: shortTypeName(String(type)) }));
  });
}
