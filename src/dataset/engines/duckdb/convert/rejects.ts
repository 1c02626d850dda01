import type { DuckDBConnection } from '@duckdb/node-api';
import type { Guard } from '../guard.js';
import { basename } from 'node:path';
import { AssayError } from '../../../../core/errors.js';

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

/** The rejects of one scan, by line; the first fault of each line. */
export async function readRejects(
  connection: DuckDBConnection,
  guard: Guard,
  table: string,
  file: string,
): Promise<Reject[]> {
  const reader = await guard.step(() =>
    connection.runAndReadAll(
      `SELECT line, error_type, csv_line, error_message FROM ${table}
       QUALIFY row_number() OVER (PARTITION BY line ORDER BY byte_position, error_type) = 1 ORDER BY line`,
    ),
  );
  return reader.getRows().map(([line, kind, text, message]) => {
    if (/ENCODING|UNICODE/i.test(String(kind)))
      throw new AssayError('encoding-wrong', { path: file, found: 'latin-1' });
    const reason = `${String(kind).toLowerCase()}: ${String(message).split('\n')[0]!}`;
    return { file: basename(file), line: Number(line), reason, text: String(text).slice(0, kept) };
  });
}

/** Rejects as CSV text: file, line, reason, and the line itself. */
export function rejectsCsv(rejects: readonly Reject[]): string {
  const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const lines = rejects.map((r) => [cell(r.file), String(r.line), cell(r.reason), cell(r.text)].join(','));
  return ['file,line,reason,text', ...lines, ''].join('\n');
}

/** 1% or more of malformed lines means that the file is not what it is taken for. */
export function checkRejects(path: string, rejects: readonly Reject[], rows: number): void {
  const first = rejects[0];
  if (first === undefined || rejects.length < 0.01 * (rows + rejects.length)) return;
  const where = `line ${first.line}, ${first.reason}`;
  throw new AssayError('too-many-rejects', { path, rejected: rejects.length, rows, first: where });
}
