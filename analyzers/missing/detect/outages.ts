import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Mark } from '../../../src/dataset/sql/shapes/missing-mark.js';
import type { Heat, Hot, TimeCell } from './time-cell.js';
import { marksByTime, timeSpan } from '../../../src/dataset/sql/shapes/marks-by-time.js';
import { explained, hotStretches } from './hot-stretches.js';

/** A mark and the stretches of time in which it is far too frequent. */
export interface Outage {
  readonly mark: Mark;
  /** Slice in which it happened; null where it hit all rows alike. */
  readonly slice: { readonly column: Column; readonly value: string } | null;
  /** Width of a bucket in seconds. */
  readonly seconds: number;
  readonly hot: Hot;
}

/** A mark to look for, and how hot a bucket must be: an honest value such as 0 must take over, a null need not. */
export interface Suspect {
  readonly mark: Mark;
  readonly heat: Heat;
}

/** Stretches of one mark: outages of a source, or what comes back so often that it is how the source is. */
export interface Stretches {
  readonly outages: readonly Outage[];
  /** The stretches of each mark that has more than a few. */
  readonly recurring: readonly (readonly Outage[])[];
}

/** What is lost more often than this comes back by its nature: a weather station that sends no pressure on wet days. */
const mostOutages = 12;
const day = 86_400;
const hour = 3_600;
const maxBuckets = 400;
/** A way of cutting pays this much in log likelihood for each stretch, so that one block is not told as five. */
const perStretch = 10;

/**
 * Outages of each suspect: whole stretches of days or hours, of all rows or of one value of a slice column. Of all ways
 * to cut (days by each slice, hours, days) the one that explains a suspect's cells best is reported, and no other. More than a
 * dozen stretches of one suspect are no outages.
 */
export async function findOutages(
  relation: Relation,
  suspects: readonly Suspect[],
  time: Column,
  slices: readonly Column[],
  run: Run,
): Promise<Stretches> {
  if (suspects.length === 0) return { outages: [], recurring: [] };
  const { engine } = run;
  const [span = {}] = await engine.rows(timeSpan(relation, time, engine.dialect), 1, run);
  const seconds = Number(span['high'] ?? 0) - Number(span['low'] ?? 0);
  const wide = seconds > 3 * day ? day * Math.ceil(seconds / day / maxBuckets) : hour;
  const cuts = [await cut(relation, suspects, time, wide, slices, run)];
  if (wide === day && seconds / hour <= 4 * maxBuckets) cuts.push(await cut(relation, suspects, time, hour, [], run));
  const found = suspects.map((_, i) => best(cuts.flatMap((outages) => outages[i] ?? [])));
  return {
    outages: found.filter((outages) => outages.length <= mostOutages).flat(),
    recurring: found.filter((outages) => outages.length > mostOutages),
  };
}

/** For each suspect its outages under each slice column (and under none), in buckets of one width. */
async function cut(
  relation: Relation,
  suspects: readonly Suspect[],
  time: Column,
  seconds: number,
  slices: readonly Column[],
  run: Run,
): Promise<readonly (readonly (readonly Outage[])[])[]> {
  const marks = suspects.map((s) => s.mark);
  const query = marksByTime(relation, marks, time, seconds, slices, run.engine.dialect);
  const series = new Map<string, { slice: number; level: string | null; cells: TimeCell[][] }>();
  for (const row of await run.engine.rows(query, 2_000_000, run)) {
    const slice = Number(row['slice']);
    const level = row['level'] === null ? null : String(row['level']);
    const key = JSON.stringify([slice, level]);
    const known = series.get(key) ?? { slice, level, cells: marks.map(() => []) };
    const head = { bucket: Number(row['bucket']), rows: Number(row['n']) };
    known.cells.forEach((cells, i) => cells.push({ ...head, marked: Number(row[`x${i}`]) }));
    series.set(key, known);
  }
  return suspects.map(({ mark, heat }, i) => {
    const bySlice = new Map<number, Outage[]>();
    for (const { slice, level, cells } of series.values()) {
      const column = slices[slice];
      if ((column !== undefined && level === null) || column?.id === mark.column.id) continue;
      const where = column === undefined || level === null ? null : { column, value: level };
      const hot = hotStretches(cells[i] ?? [], heat);
      const known = bySlice.get(slice) ?? [];
      bySlice.set(slice, [...known, ...hot.map((stretch) => ({ mark, slice: where, seconds, hot: stretch }))]);
    }
    return [...bySlice.values()];
  });
}

/** The cut that explains most; ties go to the first, which is the coarsest. */
function best(cuts: readonly (readonly Outage[])[]): readonly Outage[] {
  const worth = (outages: readonly Outage[]): number =>
    outages.reduce((sum, { hot }) => sum + explained(hot) - perStretch, 0);
  let chosen: readonly Outage[] = [];
  for (const outages of cuts)
    if (outages.length > 0 && worth(outages) > (chosen.length === 0 ? 0 : worth(chosen) + 1e-6)) chosen = outages;
  return [...chosen].sort((a, b) => b.hot.marked - a.hot.marked || a.hot.from - b.hot.from);
}
