import type { DuckDBConnection } from '@duckdb/node-api';
import type { Guard } from '../guard.js';
import { basename } from 'node:path';
import { AssayError } from '../../../../core/errors.js';
import { compressionOf } from '../../../sources/format.js';
import { linesAt } from '../../../sources/lines-at.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';

/** A line that could not be read. */
export interface Reject {
  readonly file: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/** Longest part of a line that is kept. */
const kept = 2_000;

/** A text file to scan: where its bytes lie, what the user calls it, and the reader's options. */
export interface Scan {
  readonly file: string;
  readonly path: string;
  readonly options: string;
}

/** Runs `work` on a scan of a text file and gives the lines that it set aside. */
export async function scanWithRejects<T>(
  connection: DuckDBConnection,
  guard: Guard,
  { file, path, options }: Scan,
  work: (scan: string) => Promise<T>,
): Promise<{ result: T; rejects: Reject[] }> {
  const { text, id } = duckDbDialect;
  const table = 'assay_rejects';
  const scans = `${table}_scans`;
  const scan = `read_csv(${text(file)}, ${options}, max_line_size = 16777216, ignore_errors = true, store_rejects = true,
    rejects_table = ${text(table)}, rejects_scan = ${text(scans)})`;
  try {
    const result = await work(scan);
    return { result, rejects: await readRejects(connection, guard, id(table), file, path) };
  } catch (error) {
    throw scanFault(error, path);
  } finally {
    // The tables belong to the connection, which other calls will use.
    await connection.run(`DROP TABLE IF EXISTS ${id(table)}; DROP TABLE IF EXISTS ${id(scans)}`);
  }
}

/** A text file that cannot be read at all: broken compression, or bytes that are no text. */
function scanFault(error: unknown, path: string): unknown {
  if (!(error instanceof AssayError) || error.code !== 'engine-failed') return error;
  const { kind, message } = error.args as { kind: string; message: string };
  if (kind !== 'data' && kind !== 'disk' && kind !== 'other') return error;
  const format = compressionOf(path) === 'none' ? 'text' : compressionOf(path) === 'gz' ? 'gzip' : 'zstd';
  return new AssayError('file-damaged', { path, format, reason: message.split('\n')[0]! }, { cause: error });
}

/** Whether a file failed in the way in which one with both kinds of line breaks does. */
export function mayMixBreaks(error: unknown): boolean {
  return error instanceof AssayError && error.code === 'file-damaged' && /state machine/.test(error.message);
}

/** The rejects of a scan, by line; the first fault of each line. */
async function readRejects(
  connection: DuckDBConnection,
  guard: Guard,
  table: string,
  file: string,
  path: string,
): Promise<Reject[]> {
  const reader = await guard.step(() =>
    connection.runAndReadAll(
      `SELECT line, line_byte_position, error_type, csv_line, error_message FROM ${table}
       QUALIFY row_number() OVER (PARTITION BY line_byte_position ORDER BY byte_position, error_type) = 1
       ORDER BY line_byte_position`,
    ),
  );
  const rows = reader.getRows();
  if (rows.some(([, , kind]) => /ENCODING|UNICODE/i.test(String(kind))))
    throw new AssayError('encoding-wrong', { path, found: 'latin-1' });
  const lines = await linesAt(
    file,
    // The reader counts bytes from 1.
    rows.map(([record, at]) => ({ record: Number(record), at: Number(at) - 1 })),
  );
  return rows.map(([, , kind, text, message], i) => ({
    file: basename(path),
    line: lines[i]!,
    reason: `${String(kind).toLowerCase()}: ${String(message).split('\n')[0]!}`,
    text: String(text)
      .replace(/^[\r\n]+/, '')
      .slice(0, kept),
  }));
}

/** Rejects as CSV text: file, line, reason, and the line itself. */
export function rejectsCsv(rejects: readonly Reject[]): string {
  const lines = rejects.map((r) => [quoted(r.file), String(r.line), quoted(r.reason), quoted(r.text)].join(','));
  return ['file,line,reason,text', ...lines, ''].join('\n');
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** 1% or more of malformed lines means that the file is not what it is taken for. */
export function checkRejects(path: string, rejects: readonly Reject[], rows: number): void {
  const first = rejects[0];
  if (first === undefined || rejects.length < 0.01 * (rows + rejects.length)) return;
  const where = `line ${first.line}, ${first.reason}`;
  throw new AssayError('too-many-rejects', { path, rejected: rejects.length, rows, first: where });
}
