import type { Frame } from '../../models/frame/frame.js';
import { Part } from '../../core/relation.js';
import { renumberUnits } from '../../stats/cluster.js';

/** Which evaluation rows a number is measured on. */
export type On = 'inner' | 'outer' | 'evaluation';

/** Evaluation rows of one kind, picked from the rows that trials score, with sampling units numbered 0 .. units-1. */
export interface RowSet {
  readonly on: On;
  /** Positions in the score vector of a trial, ascending. */
  readonly at: Int32Array;
  readonly label: Uint8Array;
  readonly weight: Float32Array | null;
  /** Sampling unit of each row, dense, so that every unit is present. */
  readonly unit: Int32Array;
  readonly units: number;
  readonly positives: number;
}

/** The rows of `scored` (frame rows, in score order) that belong to `on`. */
export function rowSet(frame: Frame, scored: Int32Array, on: On): RowSet {
  return rowSetAt(frame, scored, positions(frame, scored, on), on);
}

/** The rows at these positions of `scored`, ascending. */
export function rowSetAt(frame: Frame, scored: Int32Array, at: Int32Array, on: On): RowSet {
  const label = new Uint8Array(at.length);
  const weight = frame.weight === null ? null : new Float32Array(at.length);
  let positives = 0;
  at.forEach((position, i) => {
    const row = scored[position]!;
    const y = frame.label[row]!;
    label[i] = y;
    positives += y;
    if (weight !== null) weight[i] = frame.weight![row]!;
  });
  const unit = renumberUnits(at.map((position) => frame.unit[scored[position]!]!));
  return { on, at, label, weight, ...unit, positives };
}

function positions(frame: Frame, scored: Int32Array, on: On): Int32Array {
  const wanted = on === 'inner' ? Part.inner : Part.outer;
  const found: number[] = [];
  for (let i = 0; i < scored.length; i++) {
    if (on === 'evaluation' || frame.part[scored[i]!] === wanted) found.push(i);
  }
  return Int32Array.from(found);
}
