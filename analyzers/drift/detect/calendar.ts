import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { growsWithin } from '../../../src/dataset/sql/shapes/grows-within.js';
import { isScalar } from '../../../src/dataset/sql/shapes/scalar.js';
import { steadyWithin } from '../../../src/dataset/sql/shapes/steady-within.js';

/** Why a column moves with time by its nature: of itself, or within each user, as an age does. */
export type Calendar = 'time' | 'user';

/** Share of rows in hours in which a column stands still, from which on it is a function of time. */
const share = 0.98;
/** Correlation with time within users, from which on a column counts the time since something. */
const correlation = 0.98;
const sampleRows = 100_000;
const hour = 3_600;

/**
 * Which of the columns, by id, are functions of time: hour, weekday, a running clock, or days since a user signed up.
 * They move because a window of time is not a whole year, week or day, or because users grow older; no defect is.
 */
export async function movesWithCalendar(
  { train, roles }: Study,
  columns: readonly Column[],
  run: Run,
): Promise<ReadonlyMap<string, Calendar>> {
  const { time, user } = roles;
  const found = new Map<string, Calendar>();
  if (time === null || columns.length === 0) return found;
  const { engine } = run;
  const [steady = {}] = await engine.rows(steadyWithin(train, columns, time, hour, engine.dialect), 1, run);
  columns.forEach(({ id }, i) => Number(steady[`s${i}`] ?? 0) >= share && found.set(id, 'time'));
  const open = columns.filter((column) => !found.has(column.id) && isScalar(column));
  if (user === null || open.length === 0) return found;
  const seed = run.random.fork('ages').path;
  const query = growsWithin(train, open, time, user, sampleRows / train.rows, seed, engine.dialect);
  const [grows = {}] = await engine.rows(query, 1, run);
  open.forEach(({ id }, i) => Math.abs(Number(grows[`r${i}`] ?? 0)) >= correlation && found.set(id, 'user'));
  return found;
}
