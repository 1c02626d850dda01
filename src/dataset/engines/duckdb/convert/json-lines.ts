import type { DuckDBConnection } from '@duckdb/node-api';
import type { Source } from '../../../../core/engine.js';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import type { Reject } from './rejects.js';
import type { StagedColumn } from './write-typed.js';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AssayError } from '../../../../core/errors.js';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { scanWithRejects } from './rejects.js';
import { stageTexts, type TextFile } from './stage-texts.js';
import { textHead } from './text-files.js';
import { momentLadder } from './typing.js';
import { writeTyped } from './write-typed.js';

const { text } = duckDbDialect;

/** A line that holds a JSON object. */
const isObject = `CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE FALSE END`;

/**
 * Converts JSON lines: each line an object, its fields the columns. Numbers and booleans have the type JSON gives
 * them over all lines; text is looked at for dates; lists of one type stay lists; all else is kept as JSON text.
 */
export async function convertJsonLines(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  folder: string,
  signal: AbortSignal,
): Promise<Converted> {
  const lines: string[] = [];
  const rejected = await stageTexts(source, folder, signal, async (file, i) => {
    await textHead(connection, guard, file.file, file.path);
    const stage = join(folder, `${i}.lines`);
    lines[i] = stage;
    return stageLines(connection, guard, file, stage);
  });
  const columns = await readColumns(connection, guard, source, lines);
  const stages: string[] = [];
  for (const [i, staged] of lines.entries()) {
    const stage = join(folder, `${i}.stage`);
    await stageFields(connection, guard, staged, columns, stage);
    await rm(staged);
    stages.push(stage);
  }
  return { ...(await writeTyped(connection, guard, stages, columns, folder)), rejected };
}

/** The good lines of a file as a Parquet file with the column `line`, in order; the others as rejects. */
async function stageLines(
  connection: DuckDBConnection,
  guard: Guard,
  { file, path }: TextFile,
  stage: string,
): Promise<{ rows: number; rejects: Reject[] }> {
  const raw = `${stage}.raw`;
  const run = (sql: string): ReturnType<DuckDBConnection['runAndReadAll']> =>
    guard.step(() => connection.runAndReadAll(sql));
  // A control character that JSON text cannot hold stands for "no delimiter".
  const options = `columns = {line: 'VARCHAR'}, auto_detect = false, header = false, delim = '\u0001', quote = '', escape = ''`;
  const unread = await scanWithRejects(connection, guard, { file, path, options }, (scan) =>
    run(`COPY (FROM ${scan}) TO ${text(raw)} (FORMAT parquet)`),
  );
  const bad = await run(
    `SELECT file_row_number + 1, line FROM read_parquet(${text(raw)}) WHERE line IS NOT NULL AND NOT ${isObject} ORDER BY 1`,
  );
  const done = await run(
    `COPY (SELECT line FROM read_parquet(${text(raw)}) WHERE ${isObject}) TO ${text(stage)} (FORMAT parquet)`,
  );
  await rm(raw);
  const malformed = bad.getRows().map(([line, held]) => ({
    file: basename(path),
    line: Number(line),
    reason: 'not a JSON object',
    text: String(held).slice(0, 2_000),
  }));
  return { rows: Number(done.getRows()[0]?.[0] ?? 0), rejects: [...unread.rejects, ...malformed] };
}

/** Fields over all lines, in order of appearance, with what JSON says about their types. */
async function readColumns(
  connection: DuckDBConnection,
  guard: Guard,
  source: Source,
  lines: readonly string[],
): Promise<StagedColumn[]> {
  const reader = await guard.step(() =>
    connection.runAndReadAll(
      `SELECT CAST(json_group_structure(CAST(line AS JSON)) AS VARCHAR) FROM read_parquet([${lines.map(text).join(', ')}])`,
    ),
  );
  const structure = reader.getRows()[0]?.[0];
  if (typeof structure !== 'string') throw new AssayError('file-empty', { path: source.files[0]! });
  const fields: unknown = JSON.parse(structure);
  if (typeof fields !== 'object' || fields === null) throw new AssayError('file-empty', { path: source.files[0]! });
  return Object.entries(fields).map(([name, held]) => ({ name, type: fieldType(held), json: !isText(held) }));
}

const told = new Set(['BIGINT', 'UBIGINT', 'DOUBLE', 'BOOLEAN']);

/** Strings, and fields that hold more than one kind of value: those are kept as text without their quotes. */
function isText(held: unknown): boolean {
  return held === 'VARCHAR' || held === 'JSON' || held === 'NULL';
}

function fieldType(held: unknown): StagedColumn['type'] {
  if (typeof held === 'string') return told.has(held) ? held : held === 'VARCHAR' ? momentLadder : 'VARCHAR';
  const element: unknown = Array.isArray(held) && held.length === 1 ? held[0] : null;
  return typeof element === 'string' && (told.has(element) || element === 'VARCHAR') ? `${element}[]` : 'VARCHAR';
}

/** The fields of a file as text columns; JSON null is null. */
async function stageFields(
  connection: DuckDBConnection,
  guard: Guard,
  lines: string,
  columns: readonly StagedColumn[],
  stage: string,
): Promise<void> {
  const fields = columns.map(({ name }, i) => {
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return `json_extract_string(line, ${text(pointer)}) AS c${i}`;
  });
  const sql = `COPY (SELECT ${fields.join(', ')} FROM read_parquet(${text(lines)})) TO ${text(stage)} (FORMAT parquet)`;
  await guard.step(() => connection.run(sql));
}
