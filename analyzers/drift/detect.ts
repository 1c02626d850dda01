import type { Wanted } from '../../src/core/defect.js';
import type { Evidence, Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Comparison } from '../../src/derived/comparison.js';
import type { Found } from './detect/findings.js';
import type { Histogram } from '../../src/derived/psi/histogram.js';
import type { Judged } from '../../src/derived/psi/judge.js';
import type { UnitChange } from './detect/unit-change.js';
import type { DriftOptions } from './options.js';
import { levelFlags, unseenLevels } from '../../src/dataset/sql/shapes/level-counts.js';
import { unionAll } from '../../src/dataset/sql/shapes/union-all.js';
import { unitChangeFlags } from '../../src/dataset/sql/shapes/unit-change-rows.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { comparisonOf } from '../../src/derived/comparison.js';
import { movesWithCalendar } from './detect/calendar.js';
import { comparedColumns } from '../../src/derived/psi/compared-columns.js';
import { countBins } from '../../src/derived/psi/count-bins.js';
import { designEffects } from '../../src/derived/psi/design-effects.js';
import { drifted, findingsOf, measurementsOf } from './detect/findings.js';
import { isNew, judge, psiOf } from '../../src/derived/psi/judge.js';
import { findUnitChanges } from './detect/unit-change.js';

/** A slice is a value of a column with no more values than this. */
const mostLevels = 50;
/** Slice columns looked at for unit changes, those with fewest values. */
const mostSlices = 16;
/** With more new values than this a column has another vocabulary, and its rows are not flagged one by one. */
const mostUnseen = 20;

/** Measurements that take more than comparing columns: what explains a move. */
const explaining = ['drift.columns', 'drift.unit-rows'];

/** A side is empty: no rows, or all of one moment. */
const nothingToCompare: Evidence = {
  measurements: [],
  findings: [{ code: 'drift.nothing-to-compare', severity: 'note', args: {} }],
  flagged: null,
};

/** Compares every column with the reference and looks for numbers whose unit changed. */
export async function detect(study: Study, run: Run, options: DriftOptions, wanted?: Wanted): Promise<Evidence> {
  const comparison = await comparisonOf(study, run);
  if (comparison === null) return nothingToCompare;
  const columns = comparedColumns(study.roles, comparison.sides);
  const histograms = await countBins(comparison, columns, run);
  const judged = await alarmed(comparison, study, histograms, run, options);
  if (wanted !== undefined && !explaining.some((name) => wanted.has(name))) {
    const measured = { comparison, columns: judged, unseen: new Map(), calendar: new Map(), unitChanges: [] };
    return { measurements: measurementsOf(measured), findings: [], flagged: null };
  }
  const unitChanges = await changesOf(study, histograms, run);
  const found: Found = {
    comparison,
    columns: judged,
    unseen: await unseenOf(comparison, judged, run),
    calendar: await calendarOf(study, judged, run),
    unitChanges,
  };
  return {
    measurements: measurementsOf(found),
    findings: findingsOf(found),
    score: columns.length === 0 ? 0 : drifted(found).size / columns.length,
    flagged: await flag(study, found, run),
  };
}

/** Columns that alarm with rows taken as independent are judged again with users counted for what they are. */
async function alarmed(
  comparison: Comparison,
  { roles }: Study,
  histograms: readonly Histogram[],
  run: Run,
  options: DriftOptions,
): Promise<readonly Judged[]> {
  const first = judge(
    histograms.map((h) => [h, psiOf(h)]),
    options,
  );
  const suspects = first.filter((column) => column.alarm).map((column) => column.histogram);
  const designs = await designEffects(comparison, roles.user ?? roles.group, suspects, run);
  return judge(
    histograms.map((h) => [h, psiOf(h, designs.get(h))]),
    options,
  );
}

async function unseenOf({ sides }: Comparison, judged: readonly Judged[], run: Run): Promise<Found['unseen']> {
  const found = new Map<string, { level: string; rows: number }[]>();
  for (const { alarm, histogram } of judged) {
    if (!alarm || !histogram.bins.some((bin) => bin.kind === 'unseen' && bin.current > 0)) continue;
    const query = unseenLevels(sides, histogram.column, mostUnseen + 1, run.engine.dialect);
    const rows = await run.engine.rows(query, mostUnseen + 1, run);
    found.set(
      histogram.column.id,
      rows.map((row) => ({ level: String(row['level']), rows: Number(row['n']) })),
    );
  }
  return found;
}

/** Functions of time among the alarmed columns; a column that took a new value for good is not one. */
async function calendarOf(study: Study, judged: readonly Judged[], run: Run): Promise<Found['calendar']> {
  const columns = judged.filter((c) => c.alarm && !isNew(c)).map((c) => c.histogram.column);
  return movesWithCalendar(study, columns, run);
}

async function changesOf(study: Study, histograms: readonly Histogram[], run: Run): Promise<readonly UnitChange[]> {
  const { time } = study.roles;
  if (time === null) return [];
  const numbers = histograms.filter((h) => h.cut !== null && isNumeric(h.column.type)).map((h) => h.column);
  const slices = histograms
    .filter(({ cut, bins }) => cut === null && bins.length > 1 && bins.length <= mostLevels)
    .toSorted((a, b) => a.bins.length - b.bins.length)
    .slice(0, mostSlices)
    .map((h) => h.column);
  return findUnitChanges(study.train, time, numbers, slices, run);
}

/** Training cells in another unit, and those that hold a new value where there are few of them. */
async function flag(
  { train }: Study,
  { comparison, columns, unseen, unitChanges }: Found,
  run: Run,
): Promise<Flagged | null> {
  const { dialect } = run.engine;
  const queries = unitChanges.length === 0 ? [] : [unitChangeFlags(train, unitChanges, 'drift.unit-change', dialect)];
  let rows = unitChanges.reduce((sum, change) => sum + change.rows, 0);
  for (const { histogram } of columns) {
    const levels = unseen.get(histogram.column.id) ?? [];
    if (comparison.by === 'test' || levels.length === 0 || levels.length > mostUnseen) continue;
    const names = levels.map(({ level }) => level);
    queries.push(levelFlags(train, histogram.column, names, 'drift.new-values', dialect));
    rows += levels.reduce((sum, level) => sum + level.rows, 0);
  }
  if (queries.length === 0) return null;
  const relation = tableName('flagged_drift', train.name);
  await run.engine.write(unionAll(queries), { kind: 'view', name: relation }, run);
  return { relation, rows };
}
