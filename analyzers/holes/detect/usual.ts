import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { Series } from './series.js';

/** What is usual in each bucket, and by how much honest buckets differ from it. */
export interface Usual {
  readonly rows: Float64Array;
  /** Standard deviation of honest buckets relative to what is usual, counting noise left out. */
  readonly spread: number;
  /** True where at least two weeks were seen, so that a quiet weekday is known to be one. */
  readonly knowsWeek: boolean;
}

const day = 86_400;
const week = 7;
/** Days before and after a day that say what its volume should be. */
const reach = 7;
/** Buckets on each side where there are too few days for a daily pattern. */
const neighbours = 4;
/** A median absolute deviation of a normal variable, times this, is its standard deviation. */
const normal = 1.4826;

/**
 * Volume of the day times the share of the hour (and of the weekday, from two weeks on), every part a median over other
 * days, so that a hole does not hide itself.
 */
export function usualRows(series: Series): Usual {
  const perDay = Math.round(day / series.width);
  const days = series.counts.length / perDay;
  const isDaily = day % series.width === 0 && days >= 3;
  const rows = isDaily ? byCalendar(series, perDay, days >= 2 * week) : byNeighbours(series.counts);
  return { rows, spread: spreadOf(series.counts, rows), knowsWeek: days >= 2 * week };
}

function byNeighbours(counts: Float64Array): Float64Array {
  return counts.map((_, i) => {
    const before = counts.subarray(Math.max(0, i - neighbours), i);
    return medianOf([...before, ...counts.subarray(i + 1, i + 1 + neighbours)]);
  });
}

function byCalendar({ first, counts }: Series, perDay: number, isWeekly: boolean): Float64Array {
  const dayOf = (i: number): number => Math.floor((first + i) / perDay) - Math.floor(first / perDay);
  const hourOf = (i: number): number => (first + i) % perDay;
  const days = dayOf(counts.length - 1) + 1;
  let volume: readonly number[] = Array.from({ length: days }, () => 1);
  let share: readonly number[] = Array.from({ length: perDay }, () => 1);
  // Shares need volumes and volumes shares: two rounds settle both.
  for (let round = 0; round < 2; round++) {
    share = grouped(counts, perDay, hourOf, (i) => ratio(counts[i]!, volume[dayOf(i)]!));
    const raw = grouped(counts, days, dayOf, (i) => ratio(counts[i]!, share[hourOf(i)]!));
    volume = usualVolumes(raw, Math.floor(first / perDay), isWeekly);
  }
  return counts.map((_, i) => volume[dayOf(i)]! * share[hourOf(i)]!);
}

/** Null where nothing is usual. */
function ratio(n: number, usual: number): number | null {
  return usual > 0 ? n / usual : null;
}

/** Medians of a value of each bucket by group; 0 for a group without one. */
function grouped(
  counts: Float64Array,
  groups: number,
  groupOf: (i: number) => number,
  valueOf: (i: number) => number | null,
): readonly number[] {
  const lists = Array.from({ length: groups }, (): number[] => []);
  counts.forEach((_, i) => {
    const value = valueOf(i);
    if (value !== null) lists[groupOf(i)]!.push(value);
  });
  return lists.map(medianOf);
}

/** The median of the days around each day, times the share of its weekday. */
function usualVolumes(raw: readonly number[], firstDay: number, isWeekly: boolean): readonly number[] {
  if (!isWeekly) return around(raw);
  const share = weekdayShares(raw, firstDay);
  const flat = raw.map((v, d) => (share[d]! > 0 ? v / share[d]! : null));
  const known = flat.filter((v) => v !== null);
  // A weekday without rows says nothing of the level of its days.
  const level = known.length === raw.length ? around(known) : around(raw);
  return level.map((v, d) => v * share[d]!);
}

function around(values: readonly number[]): readonly number[] {
  return values.map((_, d) => medianOf(values.slice(Math.max(0, d - reach), d + reach + 1)));
}

/** What the weekday of each day makes of its volume, a median over weeks; `firstDay` counts days since 1970. */
export function weekdayShares(raw: readonly number[], firstDay: number): readonly number[] {
  const level = around(raw);
  const shares = Array.from({ length: week }, (_, w) =>
    medianOf(raw.flatMap((v, d) => ((firstDay + d) % week === w && level[d]! > 0 ? [v / level[d]!] : []))),
  );
  return raw.map((_, d) => shares[(firstDay + d) % week]!);
}

/** Robust relative spread of the buckets in which rows are usual. */
function spreadOf(counts: Float64Array, usual: Float64Array): number {
  const ratios: number[] = [];
  const noise: number[] = [];
  counts.forEach((n, i) => {
    if (!(usual[i]! >= 1)) return;
    ratios.push(n / usual[i]!);
    noise.push(1 / usual[i]!);
  });
  if (ratios.length < 3) return 1;
  const all = (normal * medianAbsoluteDeviation(ratios)) ** 2;
  return Math.sqrt(Math.max(1e-4, all - medianOf(noise)));
}

export function medianOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : median([...values]);
}
