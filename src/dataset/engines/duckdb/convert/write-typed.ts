import type { DuckDBConnection } from '@duckdb/node-api';
import type { Guard } from '../guard.js';
import type { Converted } from './converted.js';
import type { Rung } from './typing.js';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { duckDbDialect } from '../../../sql/dialect-duckdb.js';
import { parquetOptions } from '../write.js';
import { detectTypes } from './detect-types.js';
import { ladder, readAs } from './typing.js';

const { text } = duckDbDialect;

/** Writes staged text files (columns `c0` …) as typed `<ordinal>.parquet` in the same row order, and removes them. */
export async function writeTyped(
  connection: DuckDBConnection,
  guard: Guard,
  stages: readonly string[],
  names: readonly string[],
  folder: string,
  rungs: readonly Rung[] = ladder,
): Promise<Converted['columns']> {
  const ids = names.map((_, i) => `c${i}`);
  const all = `read_parquet([${stages.map(text).join(', ')}], union_by_name = true)`;
  const detected = await detectTypes(connection, guard, all, ids, rungs);
  for (const [i, stage] of stages.entries()) {
    const from = `read_parquet(${text(stage)})`;
    const held = await columnsOf(connection, guard, from);
    const typed = ids.map(
      (c, j) => `${held.has(c) ? readAs(c, detected[j]!.type) : `CAST(NULL AS ${detected[j]!.type})`} AS ${c}`,
    );
    const to = text(join(folder, `${i}.parquet`));
    await guard.step(() =>
      connection.run(`COPY (SELECT ${typed.join(', ')} FROM ${from}) TO ${to} (${parquetOptions})`),
    );
    await rm(stage);
  }
  return names.map((name, i) => ({ id: ids[i]!, name, ...detected[i]! }));
}

async function columnsOf(connection: DuckDBConnection, guard: Guard, from: string): Promise<Set<string>> {
  const reader = await guard.step(() => connection.runAndReadAll(`DESCRIBE FROM ${from}`));
  return new Set(reader.getRows().map(([name]) => String(name)));
}
