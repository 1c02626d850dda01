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
import { readAs } from './typing.js';

const { text } = duckDbDialect;

/** A column of staged text: its name, and the types it may have. */
export interface StagedColumn {
  readonly name: string;
  /** A type the format itself tells, or the types it may turn out to have. */
  readonly type: TypeName | readonly Rung[];
}

/** Writes staged text files (columns `c0` …) as typed `<ordinal>.parquet` in the same row order, and removes them. */
export async function writeTyped(
  connection: DuckDBConnection,
  guard: Guard,
  stages: readonly string[],
  columns: readonly StagedColumn[],
  folder: string,
): Promise<Converted['columns']> {
  const all = `read_parquet([${stages.map(text).join(', ')}], union_by_name = true)`;
  const typed = await settleTypes(connection, guard, all, columns);
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
    await rm(stage);
  }
  return typed;
}

/** The type of each column: told, or detected over all files. */
async function settleTypes(
  connection: DuckDBConnection,
  guard: Guard,
  from: string,
  columns: readonly StagedColumn[],
): Promise<Converted['columns']> {
  const typed = columns.map(({ name, type }, i) => ({
    id: `c${i}`,
    name,
    type: typeof type === 'string' ? type : 'VARCHAR',
    blanks: 0,
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
