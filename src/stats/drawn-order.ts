import type { Random } from '../core/random.js';

/** The rows in an order drawn by their own keys: the same two in the same order whoever else is there. */
export function drawnOrder(rows: Int32Array, random: Random): Int32Array {
  const draws = new Float64Array(rows.length);
  random.fill(rows, draws);
  const places = Int32Array.from(rows.keys()).sort((a, b) => draws[a]! - draws[b]! || a - b);
  return places.map((place) => rows[place]!);
}
