import type { DuckDBConnection } from '@duckdb/node-api';
import type { TypeName } from '../../../../core/plan.js';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import type { Rung } from './typing.js';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { parquetOptions } from '../write.js';
import { detectTypes } from './detect-types.js';
import { withForms, writeLostTexts } from './lost-texts.js';
import { readAs } from './typing.js';

const { text } = duckDbDialect;

/** A column of staged text: its name, and the types it may have. */
export interface StagedColumn {
  readonly name: string;
  /** A type the format itself tells, or the types it may turn out to have. */
  readonly type: TypeName | readonly Rung[];
  /** True where its texts are JSON themselves, not the inside of a JSON string. */
  readonly json: boolean;
}

/**
 * Writes staged text files (columns `c0` …) as typed `<ordinal>.parquet` in the same row order, and beside each the
 * texts that its values do not print back; removes the staged files.
 */
export async function writeTyped(
  connection: DuckDBConnection,
  guard: Guard,
  stages: readonly string[],
  columns: readonly StagedColumn[],
  folder: string,
): Promise<Pick<Converted, 'columns' | 'texts'>> {
  const all = `read_parquet([${stages.map(text).join(', ')}], union_by_name = true)`;
  const typed = await withForms(connection, guard, all, await settleTypes(connection, guard, all, columns));
  const entries = new Map<string, number>();
  const texts: string[] = [];
  for (const [i, stage] of stages.entries()) {
    const from = `read_parquet(${text(stage)})`;
    const held = await columnsOf(connection, guard, from);
    const values = typed.map(({ id, type, blanks }) => {
      const value = held.has(id) ? readAs(id, type, blanks > 0) : `CAST(NULL AS ${type})`;
      return `${value} AS ${id}`;
    });
    const to = text(join(folder, `${i}.parquet`));
    await guard.step(() =>
      connection.run(`COPY (SELECT ${values.join(', ')} FROM ${from}) TO ${to} (${parquetOptions})`),
    );
    const here = typed.filter((c) => held.has(c.id));
    const lost = await writeLostTexts(connection, guard, stage, i, here, folder);
    texts.push(...lost.files);
    for (const [id, n] of lost.counts) entries.set(id, n + (entries.get(id) ?? 0));
    await rm(stage);
  }
  return { columns: typed.map((c) => ({ ...c, entries: entries.get(c.id) ?? 0 })), texts };
}

/** The type of each column: told, or detected over all files. */
async function settleTypes(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  columns: readonly StagedColumn[],
): Promise<readonly Omit<Converted['columns'][number], 'form' | 'entries'>[]> {
  const typed = columns.map(({ name, type, json }, i) => ({
    id: `c${i}`,
    name,
    type: typeof type === 'string' ? type : 'VARCHAR',
    blanks: 0,
    json,
  }));
  for (const rungs of new Set(columns.map((c) => c.type))) {
    if (typeof rungs === 'string') continue;
    const places = columns.flatMap((c, i) => (c.type === rungs ? [i] : []));
    const ids = places.map((i) => `c${i}`);
    const detected = await detectTypes(connection, guard, from, ids, rungs);
    for (const [j, i] of places.entries()) typed[i] = { ...typed[i]!, ...detected[j]! };
  }
  return typed;
}

async function columnsOf(connection: DuckDBConnection, guard: Guard, from: string): Promise<Set<string>> {
  const reader = await guard.step(() => connection.runAndReadAll(`DESCRIBE FROM ${from}`));
  return new Set(reader.getRows().map(([name]) => String(name)));
}
