import type { Attached, Batch, Call, Engine, Query, Source, TableSource, Value } from '../../../core/engine.js';
import type { Server } from './server.js';
import type { ServerOptions } from './server-options.js';
import { randomBytes } from 'node:crypto';
import { AssayError } from '../../../core/errors.js';
import { typeNameOf } from '../../sql/clickhouse/type-names.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';
import { attachTable } from './attach.js';
import { dropEntry } from './entries.js';
import { putTable } from './put.js';
import { readBatch, readRows, recordBatches } from './results.js';
import { createServer } from './server.js';
import { serverTables } from './tables.js';
import { writeResult } from './write.js';

export interface ClickHouseOptions extends ServerOptions {
  /** Database for helper tables; one with a name of its own by default, made here and dropped on close. */
  readonly scratch?: string;
}

/**
 * Opens an engine on a ClickHouse server. Tables are read where they lie; what is computed on the way is kept in a
 * scratch database of the server, so the user needs the right to make one.
 */
export async function createClickHouse(options: ClickHouseOptions): Promise<Engine> {
  const own = options.scratch === undefined;
  const scratch = options.scratch ?? scratchName();
  if (own) await aside(options, `CREATE DATABASE ${clickHouseDialect.id(scratch)}`);
  const server = createServer(options, scratch);
  const prefix = own ? 'assay_source' : `assay_${randomBytes(4).toString('hex')}_source`;
  let stages = 0;
  let sources = 0;
  return {
    dialect: clickHouseDialect,
    tables: serverTables(server),
    attach: (source, call) => attach(server, `${prefix}_${++sources}`, source, call),
    rows: (query, maxRows, call) => rows(server, query, maxRows, call),
    batches: (query, call) => batches(server, query, call),
    put: (name, columns, call) => putTable(server, name, columns, `assay_stage_${++stages}`, call),
    write: (query, sink, call) => writeResult(server, query, sink, call),
    load: () => {
      const message = 'a table of a database file cannot be loaded into a ClickHouse server';
      return Promise.reject(new AssayError('engine-failed', { kind: 'other', message }));
    },
    describe: (query, call) => describe(server, query, call),
    drop: (name, { id }) => dropEntry(server, name, { id, signal: new AbortController().signal }),
    cancel: (runId) => server.cancel(runId),
    close: async () => {
      await server.close();
      if (own) await aside(options, `DROP DATABASE IF EXISTS ${clickHouseDialect.id(scratch)} SYNC`);
    },
  };
}

/**
 * Says what it is and when it was made: of a session that was killed nobody drops it, and nobody but its owner can know
 * that it is left over.
 */
function scratchName(): string {
  const moment = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
  return `assay_scratch_${moment}_${randomBytes(4).toString('hex')}`;
}

/** Does something before there is a scratch database, or after it. */
async function aside(options: ServerOptions, sql: string): Promise<void> {
  const server = createServer(options, 'default');
  try {
    await server.tell({ sql }, { id: 'scratch', signal: new AbortController().signal });
  } finally {
    await server.close();
  }
}

async function attach(server: Server, name: string, source: Source | TableSource, call: Call): Promise<Attached> {
  if ('table' in source) return attachTable(server, name, source, call);
  throw new AssayError('option-invalid', {
    option: 'file',
    value: source.files[0]!,
    expected: 'a table clickhouse://…, as the training set is one: files and tables cannot be mixed in one run',
  });
}

async function rows(
  server: Server,
  query: Query,
  maxRows: number,
  call: Call,
): Promise<readonly Record<string, Value>[]> {
  const out: Record<string, Value>[] = [];
  for await (const batch of recordBatches(await server.ask(query, 'ArrowStream', call))) {
    if (out.length + batch.numRows > maxRows)
      throw new AssayError('internal', { message: `a result has more than the ${maxRows} rows it may have` });
    for (const row of readRows(batch)) out.push(row);
  }
  return out;
}

async function* batches(server: Server, query: Query, call: Call): AsyncGenerator<Batch> {
  for await (const batch of recordBatches(await server.ask(query, 'ArrowStream', call))) yield readBatch(batch);
}

async function describe(
  server: Server,
  query: Query,
  call: Call,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  const described = await rows(server, { ...query, sql: `DESCRIBE TABLE (${query.sql})` }, 100_000, call);
  return described.map((row) => ({ name: String(row['name']), type: typeNameOf(String(row['type'])) }));
}
