import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecordBatch, RecordBatchReader as Reader } from 'apache-arrow';
import type { PutColumn, Source } from '../../../../core/engine.js';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordBatchReader } from 'apache-arrow';
import { AssayError } from '../../../../core/errors.js';
import { columnNames } from '../../../sources/column-names.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { putTable } from '../put.js';
import { parquetOptions } from '../write.js';
import { arrowColumn, arrowTypeName } from '../../arrow/arrow-column.js';
import { boundLists } from '../../arrow/bounded-lists.js';

const { id, text } = duckDbDialect;
type Columns = Converted['columns'];

boundLists();

/** Converts Arrow IPC files or streams, batch by batch. All files must have the columns of the first. */
export async function convertArrow(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  folder: string,
): Promise<Converted> {
  let columns: Columns | null = null;
  for (const [i, path] of source.files.entries()) {
    const own = await convertFile(connection, guard, path, folder, i);
    if (columns !== null && JSON.stringify(own) !== JSON.stringify(columns)) {
      const reason = 'its columns are not those of the files before it';
      throw new AssayError('file-unreadable', { path, reason });
    }
    columns = own;
  }
  return { columns: columns ?? [], texts: [], rejected: source.files.map(() => 0) };
}

async function convertFile(
  connection: DuckDBConnection,
  guard: Guard,
  path: string,
  folder: string,
  i: number,
): Promise<Columns> {
  const file = await openArrow(path);
  const parts: string[] = [];
  try {
    const reader = await opened(path, () => RecordBatchReader.from(file));
    // A file cut within its first message opens, and knows nothing.
    if ((reader.schema as Reader['schema'] | undefined) === undefined)
      throw new AssayError('file-damaged', { path, format: 'Arrow', reason: 'it has no schema' });
    const columns = columnsOf(reader);
    // The format allows it, with rows that hold nothing; no table of ours can.
    if (columns.length === 0)
      throw new AssayError('file-damaged', { path, format: 'Arrow', reason: 'it has no columns' });
    for (;;) {
      const next = await opened(path, async () => reader.next());
      if (next.done === true) break;
      const part = join(folder, `${i}.part${parts.length}`);
      const batch = await opened(path, () => readColumns(next.value, columns));
      await writeBatch(connection, guard, batch, part);
      parts.push(part);
    }
    if (parts.length === 0) throw new AssayError('file-empty', { path });
    const from = `read_parquet([${parts.map(text).join(', ')}])`;
    await guard.step(() =>
      connection.run(`COPY (FROM ${from}) TO ${text(join(folder, `${i}.parquet`))} (${parquetOptions})`),
    );
    for (const part of parts) await rm(part);
    return columns;
  } finally {
    await file.close().catch(() => {});
  }
}

function columnsOf(reader: Reader): Columns {
  // A name may be left out, whatever the types say.
  const names = columnNames(reader.schema.fields.map((f) => (f.name as string | null) ?? ''));
  const noText = { blanks: 0, form: null, json: false, entries: 0 };
  return reader.schema.fields.map((f, c) => ({
    id: `c${c}`,
    name: names[c]!,
    type: arrowTypeName(f.type),
    ...noText,
  }));
}

function readColumns(batch: RecordBatch, columns: Columns): readonly PutColumn[] {
  return columns.map((c, i) => {
    const put = arrowColumn(c.id, c.type, batch.getChildAt(i)!);
    if (put.values.length !== batch.numRows)
      throw new Error(`column ${c.name} has ${put.values.length} values where a batch has ${batch.numRows} rows`);
    return put;
  });
}

async function writeBatch(
  connection: DuckDBConnection,
  guard: Guard,
  batch: readonly PutColumn[],
  part: string,
): Promise<void> {
  const table = `assay_arrow_${part.replace(/\W+/g, '_')}`;
  await putTable(connection, guard, table, batch, `${table}_stage`);
  await guard.step(() => connection.run(`COPY ${id(table)} TO ${text(part)} (${parquetOptions})`));
  await guard.step(() => connection.run(`DROP TABLE ${id(table)}`));
}

/** A whole file is read once, its header and footer a few times. */
const mostReads = 16;

/**
 * The file, which refuses to be read in circles: the reader follows a footer that leads to the schema, or past the end,
 * again and again.
 */
async function openArrow(path: string): Promise<FileHandle> {
  const file = await open(path);
  const read = file.read.bind(file) as (...args: unknown[]) => Promise<{ bytesRead: number }>;
  const seen = new Map<unknown, number>();
  const reads = async (...args: unknown[]): Promise<{ bytesRead: number }> => {
    const place = args[3];
    const times = (seen.get(place) ?? 0) + 1;
    seen.set(place, times);
    if (typeof place === 'number' && times > mostReads) throw new Error('its parts lead in a circle');
    return read(...args);
  };
  return Object.assign(file, { read: reads as FileHandle['read'] });
}

/** Reads from the file; what the reader throws means a damaged file or a feature it lacks. */
async function opened<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    const value = await work();
    if (value instanceof RecordBatchReader) await (value as Reader).open();
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('file-damaged', { path, format: 'Arrow', reason }, { cause: error });
  }
}
