import type { Finding, Measurement } from '../../../src/core/evidence.js';
import type { Comparison } from '../../../src/derived/comparison.js';
import type { Calendar } from './calendar.js';
import type { Bin } from '../../../src/derived/psi/histogram.js';
import type { Judged } from '../../../src/derived/psi/judge.js';
import type { UnitChange } from './unit-change.js';
import { momentText } from '../../../src/derived/time-width.js';
import { isNew } from '../../../src/derived/psi/judge.js';
import { normalQuantile } from '../../../src/stats/distributions.js';
import { round12 } from '../../../src/stats/round12.js';

/** Everything that was found, before it becomes findings. */
export interface Found {
  readonly comparison: Comparison;
  readonly columns: readonly Judged[];
  /** Alarmed columns, by id, that are functions of time, of itself or within users. */
  readonly calendar: ReadonlyMap<string, Calendar>;
  /** New values by id of an alarmed column, most frequent first. */
  readonly unseen: ReadonlyMap<string, readonly { readonly level: string; readonly rows: number }[]>;
  readonly unitChanges: readonly UnitChange[];
}

/** Alarmed columns, the strongest first. */
function alarms({ columns }: Found): readonly Judged[] {
  return columns
    .filter((c) => c.alarm)
    .toSorted((a, b) => b.excess - a.excess || (a.histogram.column.name < b.histogram.column.name ? -1 : 1));
}

/** Columns counted as drifted: alarmed and not explained by the calendar, or in another unit. */
export function drifted(found: Found): ReadonlySet<string> {
  const moved = alarms(found).filter(({ histogram }) => !found.calendar.has(histogram.column.id));
  return new Set([...moved.map((c) => c.histogram.column.id), ...found.unitChanges.map((u) => u.column.id)]);
}

export function findingsOf(found: Found): readonly Finding[] {
  const units = found.unitChanges.map((change) => unitFinding(change, found));
  const changed = new Set(found.unitChanges.map((u) => u.column.id));
  const moved = alarms(found).filter(({ histogram }) => !changed.has(histogram.column.id));
  const isNote = ({ histogram }: Judged): boolean => found.calendar.has(histogram.column.id);
  return [
    ...units,
    ...moved.filter((column) => !isNote(column)).map((column) => columnFinding(column, found)),
    ...moved.filter(isNote).map((column) => calendarFinding(column, found)),
  ];
}

function unitFinding(change: UnitChange, { comparison }: Found): Finding {
  const { column, slice, from, factor, rows, before, after } = change;
  const late = comparison.by === 'time' ? comparison.rows.current : comparison.rows.current + comparison.rows.reference;
  const args = {
    column: column.name,
    slice: slice?.column.name ?? null,
    value: slice?.value ?? null,
    from: momentText(from),
    fromSeconds: from,
    factor,
    rows,
    lateShare: round12(Math.min(1, rows / late)),
    before: round12(before),
    after: round12(after),
  };
  return { code: 'drift.unit-change', severity: 'problem', args };
}

function columnFinding(judged: Judged, found: Found): Finding {
  const { column } = judged.histogram;
  const levels = found.unseen.get(column.id) ?? [];
  const current = found.comparison.rows.current;
  const unseen = judged.histogram.bins.find((bin) => bin.kind === 'unseen')?.current ?? 0;
  const isUnseen = levels.length > 0 && isNew(judged);
  return {
    code: isUnseen ? 'drift.new-values' : 'drift.moved',
    severity: 'suspect',
    args: {
      ...common(judged, found),
      strong: judged.strong,
      ...(isUnseen
        ? { values: levels.map((l) => l.level), rows: unseen, share: round12(unseen / current), usual: usualOf(judged) }
        : { numeric: judged.histogram.cut !== null, most: moverOf(judged)?.label ?? '', ...mostShares(judged, found) }),
    },
  };
}

function calendarFinding(judged: Judged, found: Found): Finding {
  const within = found.calendar.get(judged.histogram.column.id) === 'user' ? { within: 'user' } : {};
  return { code: 'drift.calendar', severity: 'note', args: { ...common(judged, found), ...within } };
}

function common(judged: Judged, { comparison }: Found): Finding['args'] {
  return {
    column: judged.histogram.column.name,
    psi: round12(judged.excess),
    p: round12(judged.pAdjusted),
    moved: round12(judged.moved),
    against: comparison.by,
    from: comparison.from,
  };
}

/** The most frequent value of the reference that has a bin of its own. */
function usualOf({ histogram }: Judged): string | null {
  const levels = histogram.bins.filter((bin) => bin.kind === 'level');
  return levels.toSorted((a, b) => b.reference - a.reference)[0]?.label ?? null;
}

/** The bin whose share changed most. */
function moverOf(judged: Judged): Bin | undefined {
  const change = shareChange(judged);
  return judged.histogram.bins.reduce<Bin | undefined>(
    (best, bin) => (best === undefined || change(bin) > change(best) ? bin : best),
    undefined,
  );
}

function shareChange({ histogram: { bins } }: Judged): (bin: Bin) => number {
  const n = bins.reduce((sum, bin) => sum + bin.reference, 0);
  const m = bins.reduce((sum, bin) => sum + bin.current, 0);
  return (bin) => Math.abs(bin.current / m - bin.reference / n);
}

function mostShares(judged: Judged, { comparison }: Found): Finding['args'] {
  const bin = moverOf(judged);
  if (bin === undefined) return {};
  const { reference, current } = comparison.rows;
  return { before: round12(bin.reference / reference), after: round12(bin.current / current) };
}

export function measurementsOf(found: Found): readonly Measurement[] {
  const z = normalQuantile(0.975);
  const columns = found.columns.map((judged): Measurement => {
    const half = z * Math.sqrt(judged.variance);
    return {
      name: 'drift.psi-excess',
      value: round12(judged.excess),
      unit: 'psi',
      low: round12(judged.excess - half),
      high: round12(judged.excess + half),
      column: judged.histogram.column.name,
    };
  });
  const units = found.unitChanges.map((change): Measurement => {
    const slice = change.slice === null ? {} : { slice: `${change.slice.column.name} = ${change.slice.value}` };
    return { name: 'drift.unit-rows', value: change.rows, unit: 'count', column: change.column.name, ...slice };
  });
  const flagged: Measurement = { name: 'drift.columns', value: drifted(found).size, unit: 'count' };
  return [flagged, ...units, ...columns];
}
