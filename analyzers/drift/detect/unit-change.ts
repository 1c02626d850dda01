import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { UnitRows } from '../../../src/dataset/sql/shapes/unit-change-rows.js';
import type { Moments, UnitShift } from './unit-shift.js';
import { logMoments } from '../../../src/dataset/sql/shapes/log-moments.js';
import { timeSpan } from '../../../src/dataset/sql/shapes/marks-by-time.js';
import { unitMedians } from '../../../src/dataset/sql/shapes/unit-change-rows.js';
import { bucketSeconds } from '../../../src/derived/time-width.js';
import { startOfChange } from './start-of-change.js';
import { unitShift } from './unit-shift.js';

/** Numbers multiplied by a known factor, in a slice (or everywhere) from a moment on. */
export interface UnitChange extends UnitRows {
  readonly factor: number;
  /** Training rows in the new unit. */
  readonly rows: number;
  /** Medians of the slice. */
  readonly before: number;
  readonly after: number;
}

/** Columns of numbers that share a scan. */
const chunk = 32;
/** Rows looked at; the rows of a change are counted exactly afterwards. */
const sampleRows = 100_000;
const maxBuckets = 60;
const day = 86_400;

/**
 * Unit changes of `numbers`, in all rows or in one value of one of the `slices`: the widest reading of each column is
 * kept, so a change of all rows is not told once more for each of its slices.
 */
export async function findUnitChanges(
  relation: Relation,
  time: Column,
  numbers: readonly Column[],
  slices: readonly Column[],
  run: Run,
): Promise<readonly UnitChange[]> {
  const { engine } = run;
  const [span = {}] = await engine.rows(timeSpan(relation, time, engine.dialect), 1, run);
  const width = Number(span['high'] ?? 0) - Number(span['low'] ?? 0);
  if (!(width > 0)) return [];
  const fine = bucketSeconds(width);
  const seconds = fine * Math.max(1, Math.ceil(width / fine / maxBuckets));
  const changes: UnitChange[] = [];
  for (let at = 0; at < numbers.length; at += chunk) {
    const columns = numbers.slice(at, at + chunk);
    const shifts = await shiftsOf({ relation, time, seconds, columns, slices }, run);
    for (const shift of shifts) changes.push(await located(relation, time, seconds, shift, run));
    run.signal.throwIfAborted();
  }
  return changes;
}

interface Shift {
  readonly column: Column;
  readonly slice: UnitRows['slice'];
  readonly shift: UnitShift;
}

async function shiftsOf(of: Parameters<typeof logMoments>[0], run: Run): Promise<readonly Shift[]> {
  const query = logMoments(of, sampleRows, run.random.fork('units').path, run.engine.dialect);
  const series = new Map<string, { slice: number; level: string | null; moments: Moments[][] }>();
  for (const row of await run.engine.rows(query, 1_000_000, run)) {
    const [slice, level] = [Number(row['slice']), row['level'] === null ? null : String(row['level'])];
    const key = JSON.stringify([slice, level]);
    const known = series.get(key) ?? { slice, level, moments: of.columns.map(() => []) };
    series.set(key, known);
    known.moments.forEach((own, i) =>
      own.push({
        bucket: Number(row['bucket']),
        n: Number(row[`n${i}`]),
        sum: Number(row[`s${i}`]),
        squares: Number(row[`q${i}`]),
      }),
    );
  }
  return of.columns.flatMap((column, i) => {
    const found = [...series.values()].flatMap(({ slice, level, moments }) => {
      const by = of.slices[slice];
      if ((by !== undefined && level === null) || by?.id === column.id) return [];
      const shift = unitShift(moments[i]!);
      const where = by === undefined || level === null ? null : { column: by, value: level };
      return shift === null ? [] : [{ column, slice: where, shift }];
    });
    return widest(found);
  });
}

/** All rows if they changed, else the values of the slice column that explains most rows. */
function widest(shifts: readonly Shift[]): readonly Shift[] {
  const groups = new Map<string, Shift[]>();
  for (const shift of shifts) {
    const key = shift.slice?.column.id ?? '';
    groups.set(key, [...(groups.get(key) ?? []), shift]);
  }
  const rows = (group: readonly Shift[]): number => group.reduce((sum, { shift }) => sum + shift.rows, 0);
  const all = groups.get('');
  if (all !== undefined) return all;
  return [...groups.values()].reduce<readonly Shift[]>((best, next) => (rows(next) > rows(best) ? next : best), []);
}

async function located(
  relation: Relation,
  time: Column,
  seconds: number,
  { column, slice, shift }: Shift,
  run: Run,
): Promise<UnitChange> {
  const finest = seconds % day === 0 ? 3_600 : seconds;
  const at: UnitRows = { column, slice, time, from: shift.bucket * seconds };
  const from = await startOfChange(relation, at, shift, { coarse: seconds, fine: finest }, run);
  const [row = {}] = await run.engine.rows(unitMedians(relation, { ...at, from }, run.engine.dialect), 1, run);
  const [before, after] = [Number(row['before']), Number(row['after'])];
  return { ...at, from, factor: shift.factor, rows: Number(row['n']), before, after };
}
