import type { Frame } from '../../models/frame/frame.js';
import type { Move } from './moves.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import { AssayError } from '../../core/errors.js';
import { valuesByKey } from '../../dataset/sql/shapes/frame-rows.js';

/** Value of each frame row of a numeric column; NaN where it is missing. */
export type ExactValues = ReadonlyMap<number, Float64Array>;

/**
 * The values of the numeric columns that moved. A bin does not tell them apart where B's values lie beyond those that bins
 * were cut for, and a cell can only be put back to its place among the others by its value.
 */
export async function exactValues(
  { whole }: Study,
  frame: Frame,
  moves: readonly Move[],
  run: Run,
): Promise<ExactValues> {
  const values = new Map<number, Float64Array>();
  for (const { column } of moves) {
    const { feature, binning } = frame.columns[column]!;
    if (binning.kind !== 'numeric' || values.has(column)) continue;
    const cells = new Float64Array(frame.rows);
    let at = 0;
    for await (const batch of run.engine.batches(valuesByKey(whole, feature, run.engine.dialect), run)) {
      const { values: read, valid } = batch.columns[0]!;
      for (let i = 0; i < batch.rows; i++)
        cells[at + i] = valid !== null && valid[i] === 0 ? Number.NaN : Number((read as Float64Array)[i]);
      at += batch.rows;
    }
    if (at !== frame.rows) throw new AssayError('internal', { message: `${frame.rows} rows gave ${at} values` });
    values.set(column, cells);
  }
  return values;
}
