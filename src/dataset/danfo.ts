import type { PutColumn, Vector } from '../core/engine.js';
import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { AssayError } from '../core/errors.js';
import { allRowsQuery } from './sql/shapes/all-rows.js';

/** What is asked of danfojs: the caller passes the module in, so that it need not be installed with Assay. */
export interface Danfo<Frame> {
  readonly DataFrame: new (columns: Record<string, DanfoValue[]>) => Frame;
}
export type DanfoValue = number | string | boolean | null;

/** The part of a danfo DataFrame that {@link fromDanfo} reads. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly dtypes: readonly string[];
  readonly values: unknown;
}

/**
 * A relation as a danfo DataFrame, rows in key order, columns under the user's names. 64-bit integers that a double
 * cannot hold become text; NaN stays NaN, null stays null.
 *
 * @throws AssayError `option-invalid` when the relation has more than `maxRows` rows: a DataFrame lives in memory whole.
 */
export async function toDanfo<Frame>(
  danfo: Danfo<Frame>,
  relation: Relation,
  run: Run,
  maxRows = 1_000_000,
): Promise<Frame> {
  if (relation.rows > maxRows) {
    throw new AssayError('option-invalid', {
      option: 'toDanfo maxRows',
      value: String(maxRows),
      expected: `at least ${relation.rows}, the rows of the relation`,
    });
  }
  const columns: Record<string, DanfoValue[]> = Object.fromEntries(relation.columns.map(({ name }) => [name, []]));
  for await (const batch of run.engine.batches(allRowsQuery(relation), run)) {
    relation.columns.forEach(({ name }, i) => {
      const vector = batch.columns[i];
      const target = columns[name];
      if (vector !== undefined && target !== undefined) append(target, vector, batch.rows);
    });
  }
  return new danfo.DataFrame(columns);
}

function append(target: DanfoValue[], vector: Vector, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const value = vector.valid !== null && vector.valid[i] === 0 ? null : (vector.values[i] ?? null);
    if (typeof value === 'bigint') target.push(Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
    else target.push(vector.type === 'BOOLEAN' ? (value === null ? null : value === 1) : value);
  }
}

/**
 * Stores a danfo DataFrame in the engine as table `name` and describes it as a relation with row keys 0 .. rows-1.
 * Number columns become DOUBLE, boolean ones BOOLEAN, all else VARCHAR; null and undefined become null.
 */
export async function fromDanfo(frame: DanfoFrame, name: string, run: Run): Promise<Relation> {
  const rows: readonly (readonly unknown[])[] = Array.isArray(frame.values) ? frame.values : [];
  const columns = frame.columns.map((user, i) => ({ id: `c${i}`, name: user, type: typeOf(frame.dtypes[i]) }));
  const keys = BigInt64Array.from(rows, (_, i) => BigInt(i));
  const put = columns.map((column, i) =>
    columnOf(
      column.id,
      column.type,
      rows.map((row) => row[i]),
    ),
  );
  await run.engine.put(name, [{ name: 'k', type: 'BIGINT', values: keys }, ...put], run);
  return { name, columns, rows: rows.length, split: false, hash: `danfo:${name}:${rows.length}` };
}

function typeOf(dtype: string | undefined): 'DOUBLE' | 'BOOLEAN' | 'VARCHAR' {
  if (dtype === 'float32' || dtype === 'int32') return 'DOUBLE';
  return dtype === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}

function columnOf(name: string, type: 'DOUBLE' | 'BOOLEAN' | 'VARCHAR', values: readonly unknown[]): PutColumn {
  const valid = Uint8Array.from(values, (value) => (value === null || value === undefined ? 0 : 1));
  if (type === 'VARCHAR')
    return { name, type, values: values.map((v, i) => (valid[i] === 0 ? null : String(v))), valid };
  if (type === 'BOOLEAN') return { name, type, values: Uint8Array.from(values, (v) => (v === true ? 1 : 0)), valid };
  return { name, type, values: Float64Array.from(values, (v) => Number(v ?? 0)), valid };
}
