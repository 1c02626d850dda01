import type { Frame } from '../../models/frame/frame.js';
import type { Random } from '../../core/random.js';
import type { ExactValues } from './exact-values.js';
import type { Move } from './moves.js';
import { missingBin } from '../../models/frame/frame.js';
import { shared } from '../../models/frame/shared.js';
import { drawnOrder } from '../../stats/drawn-order.js';
import { countBins } from './coarse-bins.js';

/**
 * Columns with the moved cells of B as they would be in A: the distribution is A's, and a cell moves no further than that
 * takes. Missing cells, and levels, keep their value where A has as many of it (maximal coupling); numbers keep their
 * order (monotone coupling, optimal for every convex cost; Villani 2009, Optimal Transport, 2.2). Which of equal cells move
 * is drawn by row.
 */
export function swapped(
  frame: Frame,
  moves: readonly Move[],
  values: ExactValues,
  random: Random,
): ReadonlyMap<number, Uint8Array> {
  const columns = new Map<number, Uint8Array>();
  for (const move of moves) {
    const cells = columns.get(move.column) ?? columnOf(frame, move.column);
    columns.set(move.column, cells);
    for (const piece of move.pieces)
      for (const [row, bin] of movedCells(frame, move.column, piece, cells, values.get(move.column), random))
        cells[row] = bin;
  }
  return columns;
}

function columnOf(frame: Frame, column: number): Uint8Array {
  const cells = shared.bytes(frame.rows);
  for (let row = 0; row < frame.rows; row++) cells[row] = frame.bins[row * frame.stride + column]!;
  return cells;
}

function movedCells(
  frame: Frame,
  column: number,
  { a, b }: Move['pieces'][number],
  cells: Uint8Array,
  values: Float64Array | undefined,
  random: Random,
): Moved {
  const { feature } = frame.columns[column]!;
  const wish = countBins(frame, column, a);
  const order = drawnOrder(b, random.fork(feature.column.id));
  return values === undefined ? likeLevels(order, cells, wish) : likeNumbers(order, cells, values, wish);
}

type Moved = readonly (readonly [row: number, bin: number])[];

/** How many of `rows` rows belong into each bin: shares of `wish`, rounded so that they add up. */
function quotas(wish: Float64Array, bins: readonly number[], rows: number): Map<number, number> {
  const total = bins.reduce((sum, bin) => sum + wish[bin]!, 0);
  const quota = new Map<number, number>();
  let [seen, given] = [0, 0];
  for (const bin of bins) {
    seen += wish[bin]!;
    const upTo = total === 0 ? 0 : Math.round((seen / total) * rows);
    quota.set(bin, upTo - given);
    given = upTo;
  }
  return quota;
}

/** Surplus rows of a bin, those drawn last, go where rows are lacking. */
function likeLevels(order: Int32Array, cells: Uint8Array, wish: Float64Array): Moved {
  const bins = Array.from({ length: 256 }, (_, bin) => bin);
  const open = quotas(wish, bins, order.length);
  const surplus: number[] = [];
  for (const row of order) {
    const bin = cells[row]!;
    if (open.get(bin)! > 0) open.set(bin, open.get(bin)! - 1);
    else surplus.push(row);
  }
  const lacking = [...open].flatMap(([bin, n]) => Array.from<number>({ length: n }).fill(bin));
  return surplus.slice(0, lacking.length).map((row, i) => [row, lacking[i]!]);
}

/** Missing cells first, by number; then the others by rank. */
function likeNumbers(order: Int32Array, cells: Uint8Array, exact: Float64Array, wish: Float64Array): Moved {
  const all = wish.reduce((sum, n) => sum + n, 0);
  const missingWish = all === 0 ? 0 : Math.round((wish[missingBin]! / all) * order.length);
  const missing = order.filter((row) => cells[row] === missingBin);
  const present = order.filter((row) => cells[row] !== missingBin);
  const emptied = present.slice(0, Math.max(0, missingWish - missing.length));
  const filled = missing.slice(Math.min(missing.length, missingWish));
  const kept = present.slice(emptied.length);
  const values = Array.from({ length: missingBin }, (_, bin) => bin);
  const ranked = rankedBins(quotas(wish, values, kept.length));
  // Stable, so rows of equal value stay in drawn order.
  const byValue = [...kept].sort((x, y) => exact[x]! - exact[y]!);
  const drawn = rankedBins(quotas(wish, values, filled.length));
  return [
    ...[...emptied].map((row) => [row, missingBin] as const),
    ...byValue.map((row, i) => [row, ranked[i] ?? cells[row]!] as const),
    ...[...filled].map((row, i) => [row, drawn[i] ?? missingBin] as const),
  ];
}

function rankedBins(quota: ReadonlyMap<number, number>): number[] {
  return [...quota].flatMap(([bin, n]) => Array.from<number>({ length: n }).fill(bin));
}
