import type { Query } from '../../core/engine.js';
import type { Column } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Compiled } from '../../dataset/sql/plan/compiled.js';
import type { CleanedFormat, CleanedSink } from './cleaned-sink.js';
import type { CleanedRows } from './manifest.js';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AssayError } from '../../core/errors.js';
import {
  fingerprintQuery,
  isText,
  keyedQuery,
  otherThanFolderQuery,
  rowsOfFileQuery,
} from '../../dataset/sql/plan/cleaned-files.js';
import { cleanedQuery, nonFiniteQuery } from '../../dataset/sql/plan/files.js';
import { attachOwn } from './attach-own.js';
import { attachRows, rowsQuery } from './read-rows.js';

/**
 * Writes the live rows of a plan into `staging`. Text must give every value back: it is read again, and compared.
 * @throws AssayError `sink-refused` where the format cannot keep the rows.
 */
export async function writeRows(
  compiled: Compiled,
  sink: CleanedSink,
  staging: string,
  run: Run,
): Promise<CleanedRows> {
  const lost = sink.format === 'parquet' ? null : await lostBy(sink.format, compiled, run);
  if (lost !== null && !sink.orParquet) throw new AssayError('sink-refused', { format: sink.format, reason: lost });
  const fitting: CleanedSink = lost === null ? sink : { ...sink, format: 'parquet' };
  const rows = (await inFolders(compiled, fitting, staging, run)) ?? (await inOneFile(compiled, fitting, staging, run));
  if (rows.format !== 'parquet') await checkBack(compiled, rows, staging, run);
  return rows;
}

/** What a text format cannot hold, in words; null where nothing is in the way. */
async function lostBy(format: CleanedFormat, { columns, result }: Compiled, run: Run): Promise<string | null> {
  if (format === 'duckdb') return sameName(columns);
  const kept = columns.find((c) => !isText(c.type));
  if (kept !== undefined) return `the column ${JSON.stringify(kept.name)} is of the type ${kept.type}`;
  const query = format === 'jsonl' ? nonFiniteQuery(result, columns) : null;
  const [found] = query === null ? [] : await run.engine.rows(query, 1, run);
  return Number(found?.['rows'] ?? 0) > 0 ? 'JSON has no NaN and no infinity' : null;
}

/** A table tells its columns apart by letters whose case does not count. */
function sameName(columns: readonly Column[]): string | null {
  const names = columns.map((c) => c.name.toLowerCase());
  const twice = columns.find((_, i) => names.indexOf(names[i]!) < i);
  return twice === undefined ? null : `a table has one column called ${JSON.stringify(twice.name)}, in capitals or not`;
}

async function inOneFile(
  compiled: Compiled,
  { format, compression, table = 'cleaned' }: CleanedSink,
  staging: string,
  run: Run,
): Promise<CleanedRows> {
  const name = `cleaned.${format}`;
  const query = cleanedQuery(compiled, !compiled.inOrder, run.engine.dialect);
  if (format === 'duckdb') {
    const { rows } = await run.engine.write(query, { kind: 'database', path: join(staging, name), table }, run);
    return { format, table, files: [{ name, rows, folders: {} }] };
  }
  const { rows } = await writeFile(query, format, compression, join(staging, name), run);
  return { format, files: [{ name, rows, folders: {} }] };
}

/** A file for each source file, in folders that tell the same columns; null where there are none or they do not fit. */
async function inFolders(
  compiled: Compiled,
  { format, compression, folders }: CleanedSink,
  staging: string,
  run: Run,
): Promise<CleanedRows | null> {
  if (folders === undefined || format === 'duckdb') return null;
  const { engine } = run;
  const { columns } = compiled;
  const scratch = join(staging, 'rows.parquet');
  const { rows: all } = await engine.write(keyedQuery(compiled), { kind: 'parquet', path: scratch }, run);
  if (all === 0) return null;
  const keyed = await attachOwn(scratch, staging, run);
  try {
    const keys = Object.keys(folders.values[0]!);
    const told = keys.flatMap((key) => columns.filter((c) => c.name === key));
    // A column that a step renamed, dropped or changed is no longer what the folders say.
    if (told.length < keys.length) return null;
    for (const column of told) {
      const texts = folders.values.map((value) => value[column.name]!);
      const query = otherThanFolderQuery(keyed, columns.indexOf(column), column.type, texts, engine.dialect);
      const [others] = await engine.rows(query, 1, run);
      if (Number(others!['rows']) > 0) return null;
    }
    const files: CleanedRows['files'][number][] = [];
    for (const [i, source] of folders.names.entries()) {
      const name = `cleaned/${nameOf(source, i, format, folders.names)}`;
      await mkdir(dirname(join(staging, name)), { recursive: true });
      const ids = told.map((c) => c.id);
      const query = rowsOfFileQuery(keyed, i, columns, ids, engine.dialect);
      const { rows } = await writeFile(query, format, compression, join(staging, name), run);
      files.push({
        name,
        rows,
        folders: Object.fromEntries(told.map((c) => [c.id, folders.values[i]![c.name]!])),
      });
    }
    return { format, files };
  } finally {
    await engine.drop(keyed.name, run);
    await rm(scratch);
  }
}

/** A name without its ending. */
function stem(name: string): string {
  return name.replace(/\.[a-z]+(\.(gz|zst))?$/i, '');
}

/** The name of a source file with the ending of the format; two that become one are told apart by their place. */
function nameOf(source: string, place: number, format: CleanedFormat, all: readonly string[]): string {
  const alone = all.filter((name) => stem(name) === stem(source)).length === 1;
  return `${stem(source)}${alone ? '' : `-${place}`}.${format}`;
}

function writeFile(
  query: Query,
  format: Exclude<CleanedFormat, 'duckdb'>,
  compression: CleanedSink['compression'],
  path: string,
  run: Run,
): Promise<{ readonly rows: number }> {
  const sink =
    format === 'parquet'
      ? ({ kind: format, path, ...(compression === undefined ? {} : { compression }) } as const)
      : ({ kind: format, path } as const);
  return run.engine.write(query, sink, run);
}

/** What was written as text, or as a table, must read as the very rows: undo starts from them. */
async function checkBack(compiled: Compiled, rows: CleanedRows, staging: string, run: Run): Promise<void> {
  const { columns, result } = compiled;
  const ids = columns.map((c) => c.id);
  const places = columns.map((_, i) => `c${i}`);
  const wanted = await fingerprint(result, ids, columns, run);
  const reason = 'what it holds does not read as the same values';
  const found = await readBack(rows, staging, columns, places, run).catch((thrown: unknown) => {
    if (!(thrown instanceof AssayError) || thrown.code !== 'engine-failed') throw thrown;
    throw new AssayError('sink-refused', { format: rows.format, reason }, { cause: thrown });
  });
  if (wanted !== found) throw new AssayError('sink-refused', { format: rows.format, reason });
}

async function readBack(
  rows: CleanedRows,
  staging: string,
  columns: readonly Column[],
  places: readonly string[],
  run: Run,
): Promise<string> {
  if (rows.format !== 'duckdb') return fingerprint(rowsQuery(rows, staging, columns, run), places, columns, run);
  const { relation } = await attachRows(rows, staging, columns, run);
  const print = await fingerprint({ sql: `SELECT * FROM ${relation.name}` }, places, columns, run);
  await run.engine.drop(relation.name, run);
  return print;
}

async function fingerprint(
  query: Query,
  ids: readonly string[],
  columns: readonly Column[],
  run: Run,
): Promise<string> {
  const [found] = await run.engine.rows(fingerprintQuery(query, ids, columns, run.engine.dialect), 1, run);
  return JSON.stringify([String(found!['rows']), found!['print']]);
}
