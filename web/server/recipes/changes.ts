import type { Value } from '../../../src/core/engine.js';
import { changeCount, changePage } from '../../../src/dataset/sql/shapes/step-changes.js';
import type { Changes, ChangesPath, ChangesQuery } from '../../contract/recipe.js';
import type { Masking } from '../../../src/audit/masking.js';
import { notFound } from '../problems.js';
import type { Services } from '../services.js';
import { maskingOfReport } from '../tables/personal.js';
import { recipeOf } from './review.js';

/**
 * A window of what one step of the recipe changed, read from the log of changes of the run. The log is the data itself, so
 * cells go through the masking of the run.
 */
export async function changesOf(
  { runs, tables }: Pick<Services, 'runs' | 'tables'>,
  { id, step }: ChangesPath,
  query: ChangesQuery,
  signal: AbortSignal,
): Promise<Changes> {
  const plan = (await recipeOf(runs, id))?.recipe.steps[step]?.plan;
  const file = await runs.changes(id);
  if (plan === undefined || file === null) throw notFound('step, or its changes do not lie with the run');
  const steps = plan.map((verb) => verb.id);
  const { engine, call } = tables;
  const masking = maskingOfReport((await runs.read(id)).report);
  return tables.changes(id, file, async (log) => {
    if (log === null) return { total: 0, offset: query.offset, changes: [] };
    const [counted] = await engine.rows(changeCount(log, steps), 1, call(signal));
    const found = await engine.rows(changePage(log, { steps, ...query }, engine.dialect), query.limit, call(signal));
    const shown = found.map((row) => changeOf(row, masking));
    return { total: Number(counted?.['n'] ?? 0), offset: query.offset, changes: shown };
  });
}

const rowBits = 40n;

function changeOf(row: Readonly<Record<string, Value>>, masking: Masking): Changes['changes'][number] {
  const column = textOf(row['column_name']);
  const cell = (value: Value | undefined): string | null => {
    const text = textOf(value);
    return text === null ? null : masking.cell(column, text);
  };
  const key = BigInt(String(row['row_key']));
  return {
    rowKey: String(key),
    row: `${key >> rowBits}:${key & ((1n << rowBits) - 1n)}`,
    verb: String(row['verb']),
    column,
    before: cell(row['before']),
    after: cell(row['after']),
  };
}

function textOf(value: Value | undefined): string | null {
  return value == null ? null : String(value);
}
