import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { cellTexts } from '../../../src/dataset/sql/shapes/cell-texts.js';
import { hashSample } from '../../../src/dataset/sql/shapes/hash-sample.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** A column of the sample as numbers: 0 for null, 1 … `values` for its values in order of appearance. */
export interface CodedColumn {
  readonly column: Column;
  readonly codes: Int32Array;
  readonly values: number;
}

const mostRows = 100_000;

/** The same rows of all columns, at most about 100,000, each value as a number. */
export async function codedSample(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly CodedColumn[]> {
  const { engine } = run;
  const name = tableName('dirty_sample', relation.name);
  const sample = hashSample(relation, columns, mostRows, 'dirty-cells');
  const { rows } = await engine.write(sample, { kind: 'table', name }, run);
  const coded = columns.map((column) => ({ column, codes: new Int32Array(rows), seen: new Map<string, number>() }));
  let at = 0;
  for await (const batch of engine.batches(cellTexts(name, columns), run)) {
    coded.forEach(({ codes, seen }, i) => {
      const { values, valid } = batch.columns[i]!;
      for (let row = 0; row < batch.rows; row++)
        codes[at + row] = valid?.[row] === 0 ? 0 : codeOf(values[row] as string | null, seen);
    });
    at += batch.rows;
  }
  await engine.drop(name, run);
  return coded.map(({ column, codes, seen }) => ({ column, codes, values: seen.size }));
}

function codeOf(text: string | null, seen: Map<string, number>): number {
  if (text === null) return 0;
  const known = seen.get(text);
  if (known !== undefined) return known;
  seen.set(text, seen.size + 1);
  return seen.size;
}
