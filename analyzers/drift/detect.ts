import type { Evidence, Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Comparison } from '../../src/derived/comparison.js';
import type { Found } from './detect/findings.js';
import type { Histogram } from './detect/histogram.js';
import type { Judged } from './detect/judge.js';
import type { UnitChange } from './detect/unit-change.js';
import type { DriftOptions } from './options.js';
import { unseenLevels } from '../../src/dataset/sql/shapes/level-counts.js';
import { unitChangeFlags } from '../../src/dataset/sql/shapes/unit-change-rows.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { comparisonOf } from '../../src/derived/comparison.js';
import { movesWithCalendar } from './detect/calendar.js';
import { comparedColumns } from './detect/columns.js';
import { countBins } from './detect/count-bins.js';
import { designEffects } from './detect/design-effects.js';
import { drifted, findingsOf, measurementsOf } from './detect/findings.js';
import { isNew, judge, psiOf } from './detect/judge.js';
import { findUnitChanges } from './detect/unit-change.js';

/** A slice is a value of a column with no more values than this. */
const mostLevels = 50;
/** Slice columns looked at for unit changes, those with fewest values. */
const mostSlices = 16;
/** New values named in a finding. */
const mostUnseen = 20;

/** Compares every column with the reference and looks for numbers whose unit changed. */
export async function detect(study: Study, run: Run, options: DriftOptions): Promise<Evidence> {
  const comparison = await comparisonOf(study, run);
  if (comparison === null) return { measurements: [], findings: [], flagged: null };
  const columns = comparedColumns(study.roles, comparison.sides);
  const histograms = await countBins(comparison, columns, run);
  const judged = await alarmed(comparison, study, histograms, run, options);
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
    flagged: await flag(study, unitChanges, run),
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
    const query = unseenLevels(sides, histogram.column, mostUnseen, run.engine.dialect);
    const rows = await run.engine.rows(query, mostUnseen, run);
    found.set(
      histogram.column.id,
      rows.map((row) => ({ level: String(row['level']), rows: Number(row['n']) })),
    );
  }
  return found;
}

/** Functions of time among the alarmed columns; a column that took a new value for good is not one. */
async function calendarOf(study: Study, judged: readonly Judged[], run: Run): Promise<ReadonlySet<string>> {
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

async function flag({ train }: Study, changes: readonly UnitChange[], run: Run): Promise<Flagged | null> {
  if (changes.length === 0) return null;
  const relation = tableName('flagged_drift', train.name);
  const query = unitChangeFlags(train, changes, 'drift.unit-change', run.engine.dialect);
  await run.engine.write(query, { kind: 'view', name: relation }, run);
  return { relation, rows: changes.reduce((sum, change) => sum + change.rows, 0) };
}
