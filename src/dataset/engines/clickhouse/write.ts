import type { Call, Query, Sink } from '../../../core/engine.js';
import type { Server } from './server.js';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AssayError } from '../../../core/errors.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';
import { inline } from '../../sql/inline.js';
import { countOf } from './count.js';
import { dropEntry, replaceEntry } from './entries.js';

const { id } = clickHouseDialect;

/** Writes a result to its sink and counts the rows written; 0 for a view. Files are Parquet. */
export async function writeResult(
  server: Server,
  query: Query,
  sink: Sink,
  call: Call,
): Promise<{ readonly rows: number }> {
  switch (sink.kind) {
    case 'view':
      await dropEntry(server, sink.name, call);
      await server.tell({ sql: `CREATE VIEW ${id(sink.name)} AS ${inline(query)}` }, call);
      return { rows: 0 };
    case 'table':
      await replaceEntry(server, sink.name, inline(query), call);
      return { rows: await countOf(server, `SELECT count(*) AS n FROM ${id(sink.name)}`, call) };
    case 'parquet':
      await writeFile(server, query, sink.path, call);
      return { rows: await countOf(server, `SELECT count(*) AS n FROM (${inline(query)})`, call) };
    default:
      throw new AssayError('engine-failed', {
        kind: 'other',
        message: `a result on a ClickHouse server is written as Parquet, not as ${sink.kind}`,
      });
  }
}

async function writeFile(server: Server, query: Query, path: string, call: Call): Promise<void> {
  const stream = await server.ask(query, 'Parquet', call);
  try {
    await pipeline(stream, createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof AssayError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new AssayError('disk-full', { path }, { cause: error });
    throw new AssayError('output-unwritable', { path, reason: code ?? String(error) }, { cause: error });
  }
}
