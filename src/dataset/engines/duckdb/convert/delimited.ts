import type { DuckDBConnection } from '@duckdb/node-api';
import type { Source } from '../../../../core/engine.js';
import type { Layout } from '../../../sources/delimited-head.js';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import type { Reject } from './rejects.js';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../../../core/errors.js';
import { columnNames } from '../../../sources/column-names.js';
import { layoutOf } from '../../../sources/delimited-head.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { textHead, utf8Files } from './text-files.js';
import { checkRejects, readRejects, rejectsCsv } from './rejects.js';
import { writeTyped } from './write-typed.js';

const { id, text } = duckDbDialect;

/** Converts CSV or TSV files: all cells as text first, then each column in the type that fits every cell. */
export async function convertDelimited(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  folder: string,
  signal: AbortSignal,
): Promise<Converted> {
  const files = await utf8Files(source, folder, signal);
  const names: string[] = [];
  const rejects: Reject[] = [];
  const rejected: number[] = [];
  const stages: string[] = [];
  for (const [i, file] of files.entries()) {
    const layout = await layoutOfFile(connection, guard, source, file, i);
    const own = layout.header ? columnNames(layout.first) : layout.first.map((_, c) => `column${c}`);
    for (const name of own) if (!names.includes(name)) names.push(name);
    const stage = join(folder, `${i}.stage`);
    const ids = own.map((name) => `c${names.indexOf(name)}`);
    const done = await stageFile(connection, guard, file, layout, ids, stage, `assay_rejects_${i}`);
    checkRejects(source.files[i]!, done.rejects, done.rows);
    rejected.push(done.rejects.length);
    rejects.push(...done.rejects.map((r) => ({ ...r, file: source.files[i]!.split(/[\\/]/).pop()! })));
    stages.push(stage);
    if (file !== source.files[i]) await rm(file);
  }
  if (rejects.length > 0) await writeFile(join(folder, 'rejects.csv'), rejectsCsv(rejects));
  const columns = await writeTyped(connection, guard, stages, names, folder);
  return { columns, rejected };
}

async function layoutOfFile(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  file: string,
  i: number,
): Promise<Layout> {
  const head = await textHead(connection, guard, file, source.files[i]!);
  const layout = layoutOf(head, source.format === 'tsv' ? 'tsv' : 'csv', source.header);
  if (layout.first.length === 0) throw new AssayError('file-empty', { path: source.files[i]! });
  return layout;
}

/** One file as a Parquet file of text columns, malformed lines apart. */
async function stageFile(
  connection: DuckDBConnection,
  guard: Guard,
  file: string,
  layout: Layout,
  ids: readonly string[],
  stage: string,
  table: string,
): Promise<{ rows: number; rejects: Reject[] }> {
  const columns = ids.map((c) => `${text(c)}: 'VARCHAR'`).join(', ');
  const read = `read_csv(${text(file)}, columns = {${columns}}, auto_detect = false, header = ${layout.header},
    delim = ${text(layout.delimiter)}, quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
    max_line_size = 16777216, ignore_errors = true, store_rejects = true,
    rejects_table = ${text(table)}, rejects_scan = ${text(`${table}_scans`)})`;
  const done = await guard.step(() =>
    connection.runAndReadAll(`COPY (FROM ${read}) TO ${text(stage)} (FORMAT parquet)`),
  );
  const rejects = await readRejects(connection, guard, id(table), file);
  await guard.step(() => connection.run(`DROP TABLE ${id(table)}; DROP TABLE ${id(`${table}_scans`)}`));
  return { rows: Number(done.getRows()[0]?.[0] ?? 0), rejects };
}
