import type { Frame, Overlay } from '../models/frame/frame.js';
import type { Random } from '../core/random.js';

/**
 * Marks about `rows` of `eligible` frame rows, whole sampling units at a time: a unit is in when its keyed draw is
 * below the share. The same units come whatever the order or number of threads. Null: all rows are wanted.
 */
export function sampleUnits(
  frame: Frame,
  eligible: Int32Array,
  rows: number | null,
  random: Random,
): Uint8Array | null {
  if (rows === null || rows >= eligible.length) return null;
  const share = rows / eligible.length;
  const drawn = new Float64Array(frame.units);
  random.fill(
    Int32Array.from({ length: frame.units }, (_, unit) => unit),
    drawn,
  );
  const keep = new Uint8Array(frame.rows);
  for (const row of eligible) keep[row] = drawn[frame.unit[row]!]! < share ? 1 : 0;
  return keep;
}

/** An overlay with only the training rows that `keep` marks. */
export function restrict(overlay: Overlay, keep: Uint8Array | null): Overlay {
  if (keep === null) return overlay;
  const kept: number[] = [];
  overlay.rows.forEach((row, i) => {
    if (keep[row] === 1) kept.push(i);
  });
  return {
    ...overlay,
    rows: Int32Array.from(kept, (i) => overlay.rows[i]!),
    label: Uint8Array.from(kept, (i) => overlay.label[i]!),
    weight: overlay.weight === null ? null : Float32Array.from(kept, (i) => overlay.weight![i]!),
  };
}
