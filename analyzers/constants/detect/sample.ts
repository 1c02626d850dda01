import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { cellTexts } from '../../../src/dataset/sql/shapes/cell-texts.js';
import { hashSample } from '../../../src/dataset/sql/shapes/hash-sample.js';
import { sampledRows } from '../../../src/derived/sampled-rows.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** A column's cells in the sample, as texts, null where there is none. */
export interface SampledColumn {
  readonly column: Column;
  readonly cells: readonly (string | null)[];
}

const mostRows = 20_000;
/** Cells in memory at once, whatever the number of columns. */
const mostCells = 2_000_000;

/** The same rows of all columns, up to 20,000 and as few as 100 where there are very many columns, while `work` runs. */
export async function withSample<T>(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
  work: (sample: string) => Promise<T>,
): Promise<T> {
  const { engine } = run;
  const wanted = Math.max(100, Math.min(mostRows, Math.floor(mostCells / columns.length)));
  const name = tableName('constants_sample', relation.name);
  const source = await sampledRows(relation, run);
  await engine.write(hashSample(source, columns, wanted, 'constants'), { kind: 'table', name }, run);
  const result = await work(name);
  await engine.drop(name, run);
  return result;
}

/** The cells of some columns of the sample, in the order of their keys. */
export async function readCells(
  sample: string,
  columns: readonly Column[],
  run: Run,
): Promise<readonly SampledColumn[]> {
  if (columns.length === 0) return [];
  const rows = await run.engine.rows(cellTexts(sample, columns), 4 * mostRows, run);
  return columns.map((column) => ({ column, cells: rows.map((row) => row[column.id] as string | null) }));
}
