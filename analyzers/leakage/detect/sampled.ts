import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { hashSample } from '../../../src/dataset/sql/shapes/hash-sample.js';
import { classNulls } from '../../../src/derived/class-nulls.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** Rows that are sorted by every column; the rest is left out by a hash. */
const sampleRows = 200_000;

/** Calls `work` with a sample of the training rows and its share of positives; the table is gone afterwards. */
export async function withRows<T>(
  { train, roles }: Study,
  columns: readonly Column[],
  run: Run,
  work: (table: string, rate: number) => Promise<T>,
): Promise<T> {
  const { engine } = run;
  const table = tableName('leakage_sample', train.name);
  const unique = [...new Map(columns.map((c) => [c.id, c])).values()];
  const sample = hashSample(train, unique, sampleRows, 'leakage');
  await engine.write(sample, { kind: 'table', name: table }, run);
  const { positives, negatives } = await classNulls(table, [], roles.label!, run);
  const result = await work(table, positives / (positives + negatives));
  await engine.drop(table, run);
  return result;
}
