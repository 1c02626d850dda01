import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Bins } from '../dataset/sql/shapes/histograms.js';
import { extremes, hasPosition, histograms, topValues } from '../dataset/sql/shapes/histograms.js';
import { typeKind } from '../dataset/sql/type-kinds.js';
import { inGroups } from './in-groups.js';

/** Counts of equal-width bins, labelled by their lower edge, or of the most frequent levels. */
export interface Histogram {
  readonly labels: readonly string[];
  readonly counts: readonly number[];
}

const maxBins = 40;
const maxLevels = 20;

interface Drawn {
  readonly nulls: number;
  readonly histogram: Histogram;
}

/** Cells without a value and the histogram of every column, in three scans of so many columns at a time. */
export function histogramsOf(relation: Relation, run: Run): Promise<readonly Drawn[]> {
  return inGroups(relation.columns, (columns) => drawnOf(relation, columns, run));
}

async function drawnOf(relation: Relation, columns: readonly Column[], run: Run): Promise<readonly Drawn[]> {
  const { engine } = run;
  const [row = {}] = await engine.rows(extremes(relation, columns, engine.dialect), 1, run);
  const bins = columns.flatMap((column, i) => binsOf(column, row[`l${i}`], row[`h${i}`]) ?? []);
  const levels = columns.filter((column) => !hasPosition(column));
  const drawn = new Map<string, Histogram>([
    ...(await binned(relation, bins, run)),
    ...(await levelled(relation, levels, run)),
  ]);
  return columns.map(({ id }, i) => ({
    nulls: Number(row[`n${i}`] ?? 0),
    histogram: drawn.get(id) ?? { labels: [], counts: [] },
  }));
}

/** Up to 40 bins; whole numbers get bins of a whole width. */
function binsOf(column: Column, least: unknown, greatest: unknown): Bins | null {
  if (least === null || least === undefined || greatest === null || greatest === undefined) return null;
  const [low, high] = [Number(least), Number(greatest)];
  if (typeKind(column.type) === 'integer') {
    const width = Math.max(1, Math.ceil((high - low + 1) / maxBins));
    return { column, low, width, count: Math.max(1, Math.ceil((high - low + 1) / width)) };
  }
  return high > low
    ? { column, low, width: (high - low) / maxBins, count: maxBins }
    : { column, low, width: 0, count: 1 };
}

async function binned(
  relation: Relation,
  all: readonly Bins[],
  run: Run,
): Promise<readonly (readonly [string, Histogram])[]> {
  if (all.length === 0) return [];
  const counts = all.map(({ count }) => Array.from({ length: count }, () => 0));
  const query = histograms(relation, all, run.engine.dialect);
  for (const row of await run.engine.rows(query, all.length * maxBins, run)) {
    counts[Number(row['place'])]![Number(row['bin'])] = Number(row['n']);
  }
  return all.map((bins, i) => [
    bins.column.id,
    { labels: counts[i]!.map((_, bin) => edge(bins, bin)), counts: counts[i]! },
  ]);
}

/** Lower edge of a bin: a number with six digits, or a moment. */
function edge({ column, low, width }: Bins, bin: number): string {
  const value = low + bin * width;
  if (typeKind(column.type) === 'time') return new Date(value * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return String(Number(value.toPrecision(6)));
}

async function levelled(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly (readonly [string, Histogram])[]> {
  if (columns.length === 0) return [];
  const labels = columns.map((): string[] => []);
  const counts = columns.map((): number[] => []);
  for (const row of await run.engine.rows(topValues(relation, columns, maxLevels), columns.length * maxLevels, run)) {
    const place = Number(row['place']);
    labels[place]!.push(String(row['value']));
    counts[place]!.push(Number(row['n']));
  }
  return columns.map(({ id }, i) => [id, { labels: labels[i]!, counts: counts[i]! }]);
}
