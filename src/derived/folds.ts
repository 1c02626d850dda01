import type { Random } from '../core/random.js';
import type { Frame } from '../models/frame/frame.js';
import { argsort } from '../stats/argsort.js';

/** A division of training rows: the fold of each entry of `rows`, 0 .. `count` - 1. */
export interface Folds {
  readonly of: Uint8Array;
  readonly count: number;
}

const wanted = 5;
const secondsPerDay = 86_400;

/**
 * Folds of whole groups, about equally many groups each, drawn by the group's number. Groups are dealt within the two
 * classes (that of their first row), so that rare positives spread. Numbers of groups are dense, from 0 on.
 */
export function groupFolds(label: Uint8Array, group: Int32Array, random: Random): Folds {
  const place = placesByGroup(group);
  const groups = Int32Array.from(place.keys()).filter((g) => place[g]! >= 0);
  const draws = new Float64Array(groups.length);
  random.fill(groups, draws);
  const foldOf = new Uint8Array(place.length);
  const dealt = [0, 0];
  for (const at of argsort(draws)) {
    const g = groups[at]!;
    foldOf[g] = dealt[label[place[g]!]!]!++ % wanted;
  }
  return { of: Uint8Array.from(group, (g) => foldOf[g]!), count: wanted };
}

/** The first entry of each group by its number; -1 where there is none. */
function placesByGroup(group: Int32Array): Int32Array {
  let most = -1;
  for (const g of group) if (g > most) most = g;
  const places = new Int32Array(most + 1).fill(-1);
  for (let i = group.length - 1; i >= 0; i--) places[group[i]!] = i;
  return places;
}

/**
 * Folds of whole consecutive days with about equally many rows, at most five; null with fewer than two days. Rows
 * without a time go with the last days.
 */
export function dayFolds(rows: Int32Array, time: Float64Array): Folds | null {
  const days = Float64Array.from(rows, (row) => Math.floor(time[row]! / secondsPerDay));
  const counts = new Map<number, number>();
  for (const day of days) if (!Number.isNaN(day)) counts.set(day, (counts.get(day) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => a - b);
  if (sorted.length < 2) return null;
  const total = sorted.reduce((sum, [, n]) => sum + n, 0);
  const foldOf = new Map<number, number>();
  let fold = 0;
  let seen = 0;
  sorted.forEach(([day, n], i) => {
    const daysLeft = sorted.length - i;
    const foldsLeft = wanted - 1 - fold;
    // The next fold begins where the middle of this day lies beyond this fold's share, or where days run out.
    if (i > 0 && foldsLeft > 0 && (seen + n / 2 > ((fold + 1) * total) / wanted || daysLeft <= foldsLeft)) fold++;
    foldOf.set(day, fold);
    seen += n;
  });
  return { of: Uint8Array.from(days, (day) => foldOf.get(day) ?? fold), count: fold + 1 };
}

/** True where leaving out any one fold still leaves rows of both classes, and no fold is empty. */
export function foldsTeach({ of, count }: Folds, label: Uint8Array): boolean {
  const rows = new Float64Array(2 * count);
  of.forEach((fold, i) => {
    rows[2 * fold + label[i]!]! += 1;
  });
  for (let y = 0; y < 2; y++) {
    let total = 0;
    for (let fold = 0; fold < count; fold++) total += rows[2 * fold + y]!;
    for (let fold = 0; fold < count; fold++) if (rows[2 * fold + y] === total) return false;
  }
  for (let fold = 0; fold < count; fold++) if (!(rows[2 * fold]! + rows[2 * fold + 1]! > 0)) return false;
  return true;
}

/**
 * Folds of whole users or groups, else of rows with equal values together; where a fold would leave one class only, of rows.
 */
export function teachingFolds(frame: Frame, rows: Int32Array, label: Uint8Array, random: Random): Folds {
  const grouped = frame.units < frame.rows;
  const group = grouped ? rows.map((row) => frame.unit[row]!) : clusterGroups(frame, rows);
  const folds = groupFolds(label, group, random);
  if (foldsTeach(folds, label)) return folds;
  return groupFolds(
    label,
    rows.map((_, i) => i),
    random,
  );
}

/** Rows with equal bins in every column share a group, unless that is the rule rather than the exception. */
export function clusterGroups(frame: Frame, rows: Int32Array): Int32Array {
  const clusters = new Map<number, number>();
  const width = frame.columns.length;
  const group = rows.map((row, i) => {
    const hash = hashBins(frame.bins, row * frame.stride, width);
    const known = clusters.get(hash);
    if (known !== undefined) return known;
    clusters.set(hash, i);
    return i;
  });
  // With few distinct rows equality is chance, and whole combinations of values would be left out of training.
  return clusters.size * 2 >= rows.length ? group : rows.map((_, i) => i);
}

/** 53 bits of two FNV-1a hashes (Fowler, Noll and Vo) with different offsets. */
function hashBins(bins: Uint8Array, from: number, width: number): number {
  let low = 0x811c9dc5 | 0;
  let high = 0x2f0b4c47 | 0;
  for (let i = from; i < from + width; i++) {
    low = Math.imul(low ^ bins[i]!, 0x01000193);
    high = Math.imul(high ^ (bins[i]! + 0x5b), 0x01000193);
  }
  return (high >>> 11) * 4294967296 + (low >>> 0);
}
