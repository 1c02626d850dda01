import type { DuckDBConnection } from '@duckdb/node-api';
import type { Source } from '../../../../core/engine.js';
import type { Layout } from '../../../sources/delimited-head.js';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import type { Reject } from './rejects.js';
import { join } from 'node:path';
import { AssayError } from '../../../../core/errors.js';
import { columnNames } from '../../../sources/column-names.js';
import { layoutOf } from '../../../sources/delimited-head.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { scanWithRejects } from './rejects.js';
import { stageTexts, type TextFile } from './stage-texts.js';
import { textHead } from './text-files.js';
import { ladder } from './typing.js';
import { writeTyped } from './write-typed.js';

const { text } = duckDbDialect;

/** Converts CSV or TSV files: all cells as text first, then each column in the type that fits every cell. */
export async function convertDelimited(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  folder: string,
  signal: AbortSignal,
): Promise<Converted> {
  const names: string[] = [];
  const stages: string[] = [];
  const rejected = await stageTexts(source, folder, signal, async (file, i) => {
    const layout = await layoutOfFile(connection, guard, source, file);
    const own = layout.header ? columnNames(layout.first) : layout.first.map((_, c) => `column${c}`);
    for (const name of own) if (!names.includes(name)) names.push(name);
    const stage = join(folder, `${i}.stage`);
    stages[i] = stage;
    const ids = own.map((name) => `c${names.indexOf(name)}`);
    return stageFile(connection, guard, file, layout, ids, stage);
  });
  const staged = names.map((name) => ({ name, type: ladder, json: false }));
  return { ...(await writeTyped(connection, guard, stages, staged, folder)), rejected };
}

async function layoutOfFile(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  { file, path }: TextFile,
): Promise<Layout> {
  const head = await textHead(connection, guard, file, path);
  const layout = layoutOf(head, source.format === 'tsv' ? 'tsv' : 'csv', source.header);
  if (layout.first.length === 0) throw new AssayError('file-empty', { path });
  return layout;
}

/** One file as a Parquet file of text columns, malformed lines apart. */
async function stageFile(
  connection: DuckDBConnection,
  guard: Guard,
  file: TextFile,
  layout: Layout,
  ids: readonly string[],
  stage: string,
): Promise<{ rows: number; rejects: Reject[] }> {
  const columns = ids.map((c) => `${text(c)}: 'VARCHAR'`).join(', ');
  const options = `columns = {${columns}}, auto_detect = false, header = ${layout.header},
    delim = ${text(layout.delimiter)}, quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false`;
  const { result, rejects } = await scanWithRejects(connection, guard, { ...file, options }, (scan) =>
    guard.step(() => connection.runAndReadAll(`COPY (FROM ${scan}) TO ${text(stage)} (FORMAT parquet)`)),
  );
  return { rows: Number(result.getRows()[0]?.[0] ?? 0), rejects };
}
