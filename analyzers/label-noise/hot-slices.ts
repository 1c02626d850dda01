import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Column } from '../../src/core/relation.js';
import type { Slice } from '../../src/dataset/sql/shapes/hot-cells.js';
import type { Cell, Stretch } from './hot-stretches.js';
import type { LabelNoiseOptions } from './options.js';
import { cellExcesses, expectedRows, sliceExcess, type Explained } from '../../src/dataset/sql/shapes/hot-cells.js';
import { timeSpan } from '../../src/dataset/sql/shapes/marks-by-time.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { approximateValues } from '../../src/derived/approximate-values.js';
import { hotStretches, zOf } from './hot-stretches.js';

/** A slice with more positives than the out-of-fold model expects. */
export interface HotSlice extends Slice {
  readonly rows: number;
  readonly positives: number;
  readonly expected: number;
  readonly z: number;
  /** Standard errors that one is worth here: cells like it stray more than chance. */
  readonly stray: number;
}

/** Cells of the result, and columns cut at all: enough for any log, a bound for wide tables. */
const maxCells = 1_000_000;
export const maxColumns = 40;
/** Without time, pairs of columns are crossed instead; pairs grow with the square. */
const maxPaired = 12;
/** How often a further column is looked for once the strongest one is taken out. */
const maxRounds = 3;

/** What was found, and columns of few values, or not looked at, beyond those that are cut. */
export interface HotSlices {
  readonly slices: readonly HotSlice[];
  readonly left: number;
}

/**
 * Slices of (stretch of time x value of a column) whose positives exceed the out-of-fold expectation; without time,
 * values of one column and of pairs. One excess shows in many columns: the column with the strongest cells (sum of z^2)
 * is kept, its rows are taken out, and the search goes on with what is left. Worst first.
 */
export async function hotSlices(
  study: Study,
  probabilities: string,
  run: Run,
  options: LabelNoiseOptions,
): Promise<HotSlices> {
  const { train, roles } = study;
  const { columns, left } = await sliceColumns(study, run, options);
  if (columns.length === 0 || roles.label === null) return { slices: [], left };
  const time = await timeBuckets(study, run);
  const table = tableName('label_noise_expected', train.name);
  const query = expectedRows(train, probabilities, roles.label, time, columns, run.engine.dialect);
  await run.engine.write(query, { kind: 'table', name: table }, run);
  const cuts = time === null ? singlesAndPairs(columns.length) : columns.map((_, i) => [i]);
  const found: HotSlice[] = [];
  const explained: Explained[] = [];
  for (let round = 0; round < maxRounds; round++) {
    const strongest = await strongestCut(table, cuts, explained, run, options);
    if (strongest.length === 0) break;
    found.push(...strongest.map((stretch) => sliceOf(stretch, cuts[stretch.cut]!, columns, time)));
    explained.push(...strongest.map((stretch) => explainedBy(stretch, cuts[stretch.cut]!)));
  }
  await run.engine.drop(table, run);
  return { slices: found.sort((a, b) => b.z - a.z || a.rows - b.rows), left };
}

/** The first features with few values, in file order, and how many were not looked at; types whose values a rule can name. */
async function sliceColumns(
  study: Study,
  run: Run,
  options: LabelNoiseOptions,
): Promise<{ readonly columns: readonly Column[]; readonly left: number }> {
  const named = /^(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|VARCHAR|DATE)$/;
  const able = study.roles.features.map((f) => f.column).filter((c) => named.test(c.type));
  const chosen: Column[] = [];
  for (let from = 0; from < able.length && chosen.length < maxColumns; from += 200) {
    const part = able.slice(from, from + 200);
    const values = await approximateValues(study.train, part, run);
    chosen.push(...part.filter((_, i) => values[i]! > 1 && values[i]! <= options.levels));
  }
  const columns = chosen.slice(0, maxColumns);
  const last = columns.at(-1);
  const left = columns.length < maxColumns || last === undefined ? 0 : able.length - 1 - able.indexOf(last);
  return { columns, left };
}

/** Whole days, of which there are at most 64 stretches; hours where the rows span less than three days. */
async function timeBuckets(study: Study, run: Run): Promise<{ column: Column; seconds: number } | null> {
  const column = study.roles.time;
  if (column === null) return null;
  const [span] = await run.engine.rows(timeSpan(study.train, column, run.engine.dialect), 1, run);
  if (span === undefined || span['low'] === null || span['high'] === null) return null;
  const seconds = Number(span['high']) - Number(span['low']);
  const day = 86_400;
  if (!(seconds > 0) || !Number.isFinite(seconds)) return null;
  if (seconds >= 3 * day) return { column, seconds: Math.ceil(seconds / day / 64) * day };
  return seconds >= 3 * 3600 && column.type !== 'DATE' ? { column, seconds: 3600 } : null;
}

function singlesAndPairs(columns: number): readonly (readonly number[])[] {
  const all = Array.from({ length: columns }, (_, i) => i);
  const few = all.slice(0, maxPaired);
  return [...all.map((i) => [i]), ...few.flatMap((a) => few.filter((b) => b > a).map((b) => [a, b]))];
}

async function strongestCut(
  table: string,
  cuts: readonly (readonly number[])[],
  explained: readonly Explained[],
  run: Run,
  options: LabelNoiseOptions,
): Promise<readonly Stretch[]> {
  const rows = await run.engine.rows(cellExcesses(table, cuts, explained, run.engine.dialect), maxCells, run);
  const cells = rows.map((row): Cell => ({
    cut: Number(row['cut']),
    values: [textOrNull(row['a']), textOrNull(row['b'])],
    bucket: row['bucket'] === null ? null : Number(row['bucket']),
    rows: Number(row['n']),
    positives: Number(row['y']),
    expected: Number(row['e']),
    variance: Number(row['v']),
  }));
  const stretches = hotStretches(cells, options);
  const strength = new Map<number, number>();
  for (const s of stretches) strength.set(s.cut, (strength.get(s.cut) ?? 0) + s.strength);
  const best = Math.max(0, ...strength.values());
  const cut = cuts.findIndex((_, i) => (strength.get(i) ?? -1) === best);
  return stretches.filter((s) => s.cut === cut);
}

function sliceOf(
  stretch: Stretch,
  cut: readonly number[],
  columns: readonly Column[],
  time: { column: Column; seconds: number } | null,
): HotSlice {
  const { buckets } = stretch;
  return {
    values: cut.map((place, i) => ({ column: columns[place]!, value: stretch.values[i] ?? null })),
    time:
      time === null || buckets === null
        ? null
        : { column: time.column, from: buckets[0] * time.seconds, to: (buckets[1] + 1) * time.seconds },
    rows: stretch.rows,
    positives: stretch.positives,
    expected: stretch.expected,
    z: stretch.z,
    stray: stretch.stray,
  };
}

function explainedBy(stretch: Stretch, cut: readonly number[]): Explained {
  return { columns: cut, values: stretch.values, buckets: stretch.buckets };
}

/** z of a slice under other probabilities: the second opinion. */
export async function zUnder(slice: HotSlice, probabilities: string, study: Study, run: Run): Promise<number> {
  const query = sliceExcess(study.train, probabilities, study.roles.label!, slice, run.engine.dialect);
  const [row] = await run.engine.rows(query, 1, run);
  return zOf(Number(row?.['y'] ?? 0), Number(row?.['e'] ?? 0), Number(row?.['v'] ?? 0), slice.stray);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
