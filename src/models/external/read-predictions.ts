import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import { open, stat } from 'node:fs/promises';
import { AssayError, toAssayError } from '../../core/errors.js';
import { predictionRows } from '../../dataset/sql/shapes/model-tables.js';

/**
 * Predictions that a command wrote: Parquet or CSV (told apart by their first bytes) with a column `prediction`, the
 * probability of label 1. With a column `row` (place in the test file, from 0) they may come in any order.
 * @throws AssayError `predictions-missing`, `predictions-unreadable`, `predictions-rows`, `predictions-values`.
 */
export async function readPredictions(
  name: string,
  path: string,
  rows: number,
  cache: string,
  run: Run,
): Promise<Float64Array> {
  const size = await stat(path).then(
    (file) => (file.isFile() ? file.size : 0),
    () => 0,
  );
  if (size === 0) throw new AssayError('predictions-missing', { name });
  const relation = await attach(name, path, cache, run);
  try {
    return await readRelation(name, relation, rows, run);
  } finally {
    await run.engine.drop(relation.name, run);
  }
}

async function attach(name: string, path: string, cache: string, run: Run): Promise<Relation> {
  const format = (await startOf(path)) === 'PAR1' ? 'parquet' : 'csv';
  try {
    const { relation, rejects } = await run.engine.attach({ files: [path], format, header: true, cache }, run);
    if (rejects === null) return relation;
    throw new AssayError('predictions-unreadable', { name, reason: `${rejects.rows} of its lines are malformed` });
  } catch (thrown) {
    if (run.signal.aborted) throw thrown;
    const error = toAssayError(thrown);
    if (error.code === 'predictions-unreadable') throw error;
    if (error.code === 'file-empty') throw new AssayError('predictions-rows', { name, found: 0, expected: null });
    const reason = error.message.replaceAll(path, 'predictions');
    throw new AssayError('predictions-unreadable', { name, reason }, { cause: thrown });
  }
}

async function readRelation(name: string, relation: Relation, rows: number, run: Run): Promise<Float64Array> {
  if (relation.rows !== rows) {
    throw new AssayError('predictions-rows', { name, found: relation.rows, expected: rows });
  }
  const columnOf = (wanted: string) => relation.columns.find((c) => c.name.toLowerCase() === wanted);
  const value = columnOf('prediction');
  if (value === undefined) {
    const names = relation.columns.map((c) => JSON.stringify(c.name)).join(', ');
    throw new AssayError('predictions-unreadable', { name, reason: `it has no column "prediction", only ${names}` });
  }
  const out = new Float64Array(rows).fill(Number.NaN);
  let at = 0;
  for await (const batch of run.engine.batches(predictionRows(relation, value, columnOf('row') ?? null), run)) {
    const [places, values] = batch.columns.map((column) => column.values as Float64Array);
    for (let i = 0; i < batch.rows; i++, at++) {
      if (places![i] !== at) {
        throw new AssayError('predictions-unreadable', {
          name,
          reason: `its column "row" does not name row ${at} once`,
        });
      }
      const p = batch.columns[1]!.valid?.[i] === 0 ? Number.NaN : values![i]!;
      if (!(p >= 0 && p <= 1)) throw new AssayError('predictions-values', { name, row: at, value: String(p) });
      out[at] = p;
    }
  }
  return out;
}

async function startOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } finally {
    await file.close();
  }
}
