import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { HolesOptions } from '../options.js';
import type { Series } from './series.js';
import { medianAbsoluteDeviation } from 'simple-statistics';
import { approximateValues } from '../../../src/derived/approximate-values.js';
import { rowsByLevel } from '../../../src/dataset/sql/shapes/rows-by-level.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';
import { logTail } from './stretches.js';
import { medianOf } from './usual.js';

/** A value of a column that has no rows in a stretch of time in which others have. */
export interface LevelGap {
  readonly column: Column;
  readonly level: string;
  readonly from: number;
  readonly to: number;
  readonly expected: number;
}

/** A column with at most so many values divides the rows; of items the commonest so many are followed. */
const mostLevels = 50;
const mostColumns = 16;
const mostCells = 2_000_000;
/** A value that is usually there is there in this share of the buckets around its gap. */
const steady = 0.9;
/** So many buckets on either side of a gap say what was to be expected in it. */
const side = 24;
/** More gaps than this are its habit. */
const mostGaps = 2;
/** No gap of more than this share of the file is one, and none at its end of more than that. */
const longest = 0.4;
const longestAtEnd = 0.1;

/**
 * Values of columns of few values, and the commonest items, that are absent for a stretch. Of items, which come and go, only gaps between
 * rows count; of other columns also one that lasts to the end.
 */
export async function levelGaps(
  study: Study,
  series: Series,
  options: HolesOptions,
  run: Run,
): Promise<readonly LevelGap[]> {
  const { train } = study;
  const { time, item } = study.roles;
  if (time === null || series.counts.length < 5) return [];
  const columns = await dividing(study, run);
  if (columns.length === 0) return [];
  const query = rowsByLevel(train, columns, time, series.width, mostLevels, run.engine.dialect);
  const counts = new Map<string, { place: number; level: string; counts: Float64Array }>();
  for (const row of await run.engine.rows(query, mostCells, run)) {
    const [place, level] = [Number(row['place']), String(row['level'])];
    const key = JSON.stringify([place, level]);
    const known = counts.get(key) ?? { place, level, counts: new Float64Array(series.counts.length) };
    known.counts[Number(row['bucket']) - series.first] = Number(row['n']);
    counts.set(key, known);
  }
  const alpha = options.alpha / Math.max(1, counts.size * series.counts.length);
  // Where new values came up late, those that are gone by then were replaced: a version, a campaign.
  const begins = (place: number): number =>
    Math.max(...[...counts.values()].filter((c) => c.place === place).map((c) => c.counts.findIndex((n) => n > 0)));
  const latest = columns.map((_, place) => begins(place));
  return [...counts.values()].flatMap(({ place, level, counts: own }) => {
    const column = columns[place]!;
    const isInner = column.id === item?.id || latest[place]! > longestAtEnd * own.length;
    return gapsOf(own, series.counts, { alpha, leastRows: options.leastRows, isInner }).map((gap) => ({
      column,
      level,
      ...gap,
    }));
  });
}

/** Columns of few values, those with fewest first, and the item. Functions of time are told by their habit of being absent. */
async function dividing({ train, roles }: Study, run: Run): Promise<readonly Column[]> {
  const not = new Set([roles.label?.column.id, roles.time?.id, roles.item?.id]);
  const discrete = train.columns.filter(
    ({ id, type }) => !not.has(id) && (typeKind(type) === 'text' || typeKind(type) === 'integer'),
  );
  const items = roles.item === null ? [] : [roles.item];
  if (discrete.length === 0) return items;
  const values = await approximateValues(train, discrete, run);
  const few = discrete
    .map((column, i) => ({ column, levels: values[i]! }))
    .filter(({ levels }) => levels >= 2 && levels <= mostLevels)
    .toSorted((a, b) => a.levels - b.levels)
    .slice(0, mostColumns)
    .map(({ column }) => column);
  return [...few, ...items];
}

export interface GapLimits {
  /** Chance of one gap by chance. */
  readonly alpha: number;
  readonly leastRows: number;
  /** True where only gaps between two rows count. */
  readonly isInner: boolean;
}

/** Stretches without rows of a value that otherwise has its share of nearly every bucket. */
export function gapsOf(
  own: Float64Array,
  all: Float64Array,
  { alpha, leastRows, isInner }: GapLimits,
): readonly Pick<LevelGap, 'from' | 'to' | 'expected'>[] {
  const first = own.findIndex((n) => n > 0);
  const last = own.findLastIndex((n) => n > 0);
  if (first === -1) return [];
  const ratios: number[] = [];
  let [rows, others] = [0, 0];
  for (let i = first; i <= last; i++) {
    if (all[i] === 0) continue;
    ratios.push(own[i]! / all[i]!);
    [rows, others] = [rows + own[i]!, others + all[i]!];
  }
  const share = rows / others;
  const spread = spreadOf(ratios, share, all);
  const end = isInner ? last : own.length - 1;
  const found: { from: number; to: number; expected: number }[] = [];
  let [present, seen] = [0, 0];
  for (let from = first; from <= end;) {
    let to = from + 1;
    if (own[from]! > 0) {
      if (share * all[from]! >= 3) [present, seen] = [present + 1, seen + 1];
    } else {
      while (to <= end && own[to] === 0) to++;
      const gap = { from, to, expected: 0 };
      // A version that comes up is rare at first: what its thinner neighbours would give is expected.
      const near = Math.min(share, shareIn(own, all, from - side, from), shareIn(own, all, to, to + side));
      let chance = 0;
      for (let i = from; i < to; i++) {
        gap.expected += near * all[i]!;
        if (all[i]! > 0) chance += logTail(0, near * all[i]!, spread);
      }
      const most = to === own.length ? longestAtEnd : longest;
      const isHole = gap.expected >= leastRows && chance < Math.log(alpha) && to - from <= most * own.length;
      if (isHole) found.push(gap);
      else for (let i = from; i < to; i++) if (share * all[i]! >= 3) seen++;
    }
    from = to;
  }
  return found.length <= mostGaps && seen > 0 && present >= steady * seen ? found : [];
}

/** Share of a value in some buckets; infinite where there are none. */
function shareIn(own: Float64Array, all: Float64Array, from: number, to: number): number {
  const sum = (counts: Float64Array): number => counts.subarray(Math.max(0, from), to).reduce((n, x) => n + x, 0);
  const others = sum(all);
  return others > 0 ? sum(own) / others : Infinity;
}

/** Robust relative spread of a share between buckets, counting noise left out, at least a fifth. */
function spreadOf(ratios: readonly number[], share: number, all: Float64Array): number {
  if (ratios.length < 3 || share === 0) return 1;
  const relative = (1.4826 * medianAbsoluteDeviation([...ratios])) / share;
  const noise = 1 / Math.max(1, share * medianOf([...all].filter((n) => n > 0)));
  return Math.sqrt(Math.max(0.04, relative * relative - noise));
}
