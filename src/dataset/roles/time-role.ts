import type { Column, Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';
import { timeRange } from '../sql/shapes/role-facts.js';
import { kindOf } from './column-kind.js';
import { findColumn } from './find-column.js';
import { plainName, timeNames } from './known-names.js';

export interface ColumnRole {
  readonly column: Column;
  readonly reason: string;
}

/** Seconds below which a column of numbers is rather a clock or a duration. */
const shortestLog = 36 * 3600;
/** Seconds beyond which numbers are rather milliseconds (the year 5138). */
const latest = 1e11;

/**
 * The time as the user names it; else the one date or timestamp column (where there are several, the one named like
 * a time); else a column of numbers named like a time that spans more than a day of seconds; else null.
 */
export async function timeRole(
  relation: Relation,
  given: string | undefined,
  not: ReadonlySet<string>,
  run: Run,
): Promise<ColumnRole | null> {
  if (given !== undefined) return { column: givenTime(relation, given), reason: 'given' };
  const open = relation.columns.filter((c) => !not.has(c.id));
  const moments = open.filter((c) => kindOf(c.type) === 'moment' && !/birth|dob/.test(plainName(c.name)));
  if (moments.length === 1) return { column: moments[0]!, reason: `the only column of type ${moments[0]!.type}` };
  if (moments.length > 1) return { column: bestNamed(moments), reason: 'the date column that is named like a time' };
  for (const column of byName(open.filter((c) => kindOf(c.type) === 'number' && c.type !== 'BOOLEAN'))) {
    const reason = await secondsReason(relation, column, run);
    if (reason !== null) return { column, reason };
  }
  return null;
}

function givenTime(relation: Relation, name: string): Column {
  const column = findColumn(relation, name, 'time');
  const kind = kindOf(column.type);
  if (kind === 'moment' || (kind === 'number' && column.type !== 'BOOLEAN')) return column;
  const expected = `a column of dates, timestamps or seconds; it is ${column.type}`;
  throw new AssayError('option-invalid', { option: '--time', value: name, expected });
}

/** Columns named like a time, the most telling name first. */
function byName(columns: readonly Column[]): Column[] {
  return timeNames.flatMap((name) => columns.filter((c) => plainName(c.name) === name));
}

function bestNamed(columns: readonly Column[]): Column {
  const named = byName(columns)[0];
  if (named !== undefined) return named;
  throw new AssayError('role-ambiguous', { role: 'time', candidates: columns.map((c) => c.name) });
}

async function secondsReason(relation: Relation, column: Column, run: Run): Promise<string | null> {
  const [range] = await run.engine.rows(timeRange(relation, column, run.engine.dialect), 1, run);
  const { low, high, cells } = range!;
  if (typeof low !== 'number' || typeof high !== 'number' || Number(cells) < relation.rows) return null;
  const looksLikeSeconds = low >= 0 && high < latest && high - low >= shortestLog;
  return looksLikeSeconds ? `named like a time; its numbers span ${days(high - low)} if they are seconds` : null;
}

function days(seconds: number): string {
  return `${(seconds / 86_400).toFixed(1)} days`;
}
