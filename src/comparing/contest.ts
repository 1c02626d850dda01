import type { Arm } from '../ablation/arm.js';
import type { Experiment } from '../ablation/experiment.js';
import type { RowSet } from '../ablation/effect/row-set.js';
import type { Both } from './both.js';
import type { Side } from './sides.js';
import { Part } from '../core/relation.js';
import { armOfRows } from './arms.js';
import { marksOf, rowsOfSide } from './sides.js';

/** A and B inside one experiment: who trains, who is scored. */
export interface Contest {
  readonly experiment: Experiment;
  readonly arm: Readonly<Record<Side, Arm>>;
  /** 1 for each frame row of a side. */
  readonly marks: Readonly<Record<Side, Uint8Array>>;
  /** All frame rows of a side that are trained on or scored. */
  readonly rows: Readonly<Record<Side, Int32Array>>;
  /** Scored rows of a side. */
  readonly scored: Readonly<Record<Side, RowSet>>;
  /** The same, with units numbered over both sides. */
  readonly common: Readonly<Record<Side, RowSet>>;
}

export function createContest(experiment: Experiment, { firstKeyOfA }: Both): Contest {
  const { frame, scored } = experiment;
  const marks = { a: marksOf(frame, firstKeyOfA, 'a'), b: marksOf(frame, firstKeyOfA, 'b') };
  const rows = (side: Side): Int32Array =>
    Int32Array.from(frame.part.keys()).filter((row) => marks[side][row] === 1 && frame.part[row] !== Part.leftOut);
  const set = (side: Side, common: boolean): RowSet => rowsOfSide(frame, scored, marks[side], common);
  return {
    experiment,
    arm: { a: armOfRows(experiment, 'A', marks.a), b: armOfRows(experiment, 'B', marks.b) },
    marks,
    rows: { a: rows('a'), b: rows('b') },
    scored: { a: set('a', false), b: set('b', false) },
    common: { a: set('a', true), b: set('b', true) },
  };
}
