import type { DuckDBConnection } from '@duckdb/node-api';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { printed, printFormOf } from '../../../sql/print-form.js';
import { parquetOptions } from '../write.js';
import { blank, readAs } from './typing.js';

const { text } = duckDbDialect;

/** Rows that the form of a column is chosen by. */
const glance = 500;
/** Columns looked at in one query. */
const batch = 100;

type Typed = Converted['columns'];
type Place = Omit<Typed[number], 'form' | 'entries'>;

/** The columns with the form in which their values print back to most of their first texts. */
export async function withForms(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  columns: readonly Place[],
): Promise<Typed> {
  const open = columns.filter((c) => !/^(VARCHAR|BOOLEAN|BIGINT|UBIGINT|DATE)$/.test(c.type));
  const forms = new Map<string, string>();
  for (let at = 0; at < open.length; at += batch) {
    const some = open.slice(at, at + batch);
    const sql = `SELECT ${some.map((c) => c.id).join(', ')} FROM ${from} LIMIT ${glance}`;
    const rows = (await guard.step(() => connection.runAndReadAll(sql))).getRows();
    for (const [i, { id, type }] of some.entries()) {
      const cells = rows.map((row) => row[i]).filter((cell) => typeof cell === 'string' && !blank.test(cell));
      forms.set(id, printFormOf(type, cells.map(String)));
    }
  }
  return columns.map((c) => ({ ...c, form: forms.get(c.id) ?? 'plain', entries: 0 }));
}

/** Cells of one staged file whose text is not what their value prints, as files of `k, id, text`; and how many. */
export interface LostTexts {
  readonly files: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
}

/** Writes the lost texts of the staged file number `ordinal`, in the order of column and row. */
export async function writeLostTexts(
  connection: DuckDBConnection,
  guard: Guard,
  stage: string,
  ordinal: number,
  columns: Typed,
  folder: string,
): Promise<LostTexts> {
  const from = `read_parquet(${text(stage)}, file_row_number = true)`;
  const key = `${BigInt(ordinal) << 40n} + file_row_number AS k`;
  const files: string[] = [];
  const counts = new Map<string, number>();
  const open = columns.filter(mayLose);
  for (let at = 0; at < open.length; at += batch) {
    const cells = open
      .slice(at, at + batch)
      .map((c) => `SELECT ${key}, ${text(c.id)} AS id, ${c.id} AS text FROM ${from} WHERE ${isLost(c)}`);
    const name = `${ordinal}.texts-${at / batch}.parquet`;
    const to = text(join(folder, name));
    const written = await guard.step(() =>
      connection.runAndReadAll(`COPY (${cells.join(' UNION ALL ')}) TO ${to} (${parquetOptions})`),
    );
    if (Number(written.getRows()[0]![0]) === 0) {
      await rm(join(folder, name));
      continue;
    }
    files.push(name);
    const found = await guard.step(() =>
      connection.runAndReadAll(`SELECT id, count(*) FROM read_parquet(${to}) GROUP BY id`),
    );
    for (const [id, n] of found.getRows()) counts.set(String(id), Number(n));
  }
  return { files, counts };
}

/** Text stays itself; what is read as a boolean or a day was written as it is printed, but for blanks. */
function mayLose({ type, blanks }: Typed[number]): boolean {
  return type !== 'VARCHAR' && (blanks > 0 || !(type === 'BOOLEAN' || type === 'DATE'));
}

function isLost({ id, type, blanks, form }: Typed[number]): string {
  return `${id} IS DISTINCT FROM ${printed(readAs(id, type, blanks > 0), type, form ?? 'plain')}`;
}
