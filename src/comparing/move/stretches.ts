import type { Frame } from '../../models/frame/frame.js';
import type { CountsOf, OddPiece, Piece } from './pieces.js';
import { momentText } from '../../derived/time-width.js';
import { leastExcess, oddPieces, pieceDistance } from './pieces.js';

const hour = 3_600;
const day = 86_400;
/** Rows an hour must hold to be named by itself, and to be taken in beside one that is. */
const leastRows = { alone: 100, beside: 20 };
/** Buckets at most; longer logs are looked at by day, or by several days. */
const mostBuckets = 1_500;
/** B must stray from A this many times further than any bucket of A itself does. */
const times = 2;

/** Rows of both sides by hour (day, days). */
export interface Buckets {
  readonly width: number;
  readonly a: ReadonlyMap<number, Int32Array>;
  readonly b: ReadonlyMap<number, Int32Array>;
}

/** An hour where that makes no more buckets than are looked at, else whole days; null where there are no two moments. */
export function bucketsOf({ time }: Frame, a: Int32Array, b: Int32Array): Buckets | null {
  if (time === null) return null;
  let [low, high] = [Infinity, -Infinity];
  for (const row of b) {
    const at = time[row]!;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  if (!(high > low)) return null;
  const width = high - low <= hour * mostBuckets ? hour : day * Math.ceil((high - low) / (day * mostBuckets));
  return { width, a: byBucket(time, a, width), b: byBucket(time, b, width) };
}

function byBucket(time: Float64Array, rows: Int32Array, width: number): ReadonlyMap<number, Int32Array> {
  const lists = new Map<number, number[]>();
  for (const row of rows) {
    const at = Math.floor(time[row]! / width);
    if (Number.isNaN(at)) continue;
    const known = lists.get(at);
    if (known === undefined) lists.set(at, [row]);
    else known.push(row);
  }
  const kept = [...lists].filter(([, list]) => list.length >= leastRows.beside).sort(([x], [y]) => x - y);
  return new Map(kept.map(([at, list]) => [at, Int32Array.from(list)]));
}

/**
 * Stretches of B in which a column is unlike all of A: an hour that is, and its neighbours that stray as far. A's own hours
 * say how far an hour strays by itself, by the time of day or the day of the week: B's must stray twice as far as the
 * furthest of them.
 */
export function oddStretches(counts: CountsOf, { width, ...buckets }: Buckets, a: Int32Array): readonly OddPiece[] {
  const excess = (rows: Int32Array): number => pieceDistance(counts, { a, b: rows }).excess;
  const enough = [...buckets.a.values()].filter((rows) => rows.length >= leastRows.alone);
  const least = times * enough.reduce((most, rows) => Math.max(most, excess(rows)), 0);
  const pieces = [...buckets.b].map(([at, rows]) => piece(at * width, (at + 1) * width, a, rows));
  const alone = pieces.filter(({ b }) => b.length >= leastRows.alone);
  const odd = new Set(oddPieces(counts, alone, least).map(({ name }) => name));
  const far = pieces.filter(({ name, b }) => odd.has(name) || excess(b) > Math.max(least, leastExcess));
  return joined(far)
    .filter((group) => group.some(({ name }) => odd.has(name)))
    .map((group) => {
      const rows = Int32Array.from(group.flatMap(({ b }) => [...b])).sort();
      return { ...piece(group[0]!.stretch!.from, group.at(-1)!.stretch!.to, a, rows), psi: excess(rows) };
    });
}

function piece(from: number, to: number, a: Int32Array, b: Int32Array): Piece {
  return { name: stretchText(from, to), stretch: { from, to }, a, b };
}

/** `2026-01-28 18:00 to 21:00`; `2026-01-28 to 2026-01-30` of whole days. */
export function stretchText(from: number, to: number): string {
  const [start, end] = [clockText(from), clockText(to)];
  const sameDay = Math.floor(from / day) === Math.floor((to - 1) / day) && start.includes(' ') && end.includes(' ');
  return sameDay ? `${start} to ${end.split(' ')[1]!}` : `${start} to ${end}`;
}

function clockText(seconds: number): string {
  return momentText(seconds).replace('T', ' ').replace(/:00Z$/, '');
}

function joined(odd: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = [];
  for (const one of odd) {
    const last = groups.at(-1);
    if (last !== undefined && last.at(-1)!.stretch!.to === one.stretch!.from) last.push(one);
    else groups.push([one]);
  }
  return groups;
}
