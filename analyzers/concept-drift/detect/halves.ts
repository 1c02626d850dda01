import type { Random } from '../../../src/core/random.js';
import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import { keysAt } from '../../../src/models/frame/keys-at.js';

/** Places of `of` whose users (or groups, or rows) draw below the share, and the others: no user is on both sides. */
export function halves(frame: Frame, base: Overlay, of: Int32Array, random: Random): readonly [Int32Array, Int32Array] {
  const isFirst = (i: number): boolean => random.at(frame.unit[base.rows[i]!]!) < 0.5;
  return [of.filter(isFirst), of.filter((i) => !isFirst(i))];
}

/** About `count` places of `of`, at most all of them, drawn by row and in their order. */
export function someOf(frame: Frame, base: Overlay, of: Int32Array, count: number, random: Random): Int32Array {
  if (of.length <= count) return of;
  const draws = new Float64Array(of.length);
  random.fill(
    keysAt(
      frame.keys,
      of.map((i) => base.rows[i]!),
    ),
    draws,
  );
  const order = draws.toSorted();
  const limit = order[count]!;
  return of.filter((_, at) => draws[at]! < limit);
}

/** The overlay of some places of another, in their order. */
export function restricted(base: Overlay, places: Int32Array): Overlay {
  const { weight } = base;
  const label = new Uint8Array(places.length);
  for (let i = 0; i < label.length; i++) label[i] = base.label[places[i]!]!;
  return {
    ...base,
    rows: places.map((i) => base.rows[i]!),
    label,
    weight: weight === null ? null : Float32Array.from(places, (i) => weight[i]!),
  };
}
