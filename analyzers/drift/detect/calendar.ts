import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { steadyWithin } from '../../../src/dataset/sql/shapes/steady-within.js';

/** Share of rows in hours in which a column stands still, from which on it is a function of time. */
const share = 0.98;
const hour = 3_600;

/**
 * Which of the columns are functions of the time column: hour, weekday, a running clock. They move because a window
 * of time is not a whole year, week or day, and that is no defect.
 */
export async function movesWithCalendar(
  study: Study,
  columns: readonly Column[],
  run: Run,
): Promise<ReadonlySet<string>> {
  const { time } = study.roles;
  if (time === null || columns.length === 0) return new Set();
  const query = steadyWithin(study.train, columns, time, hour, run.engine.dialect);
  const [row = {}] = await run.engine.rows(query, 1, run);
  return new Set(columns.filter((_, i) => Number(row[`s${i}`] ?? 0) >= share).map((column) => column.id));
}
