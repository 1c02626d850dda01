import type { Arm } from './arm.js';
import type { Metric } from './effect/summary.js';
import type { On, RowSet } from './effect/row-set.js';

/** One number that a comparison was made of: a metric of one training on one set of rows. */
export interface TrialRecord {
  /** Name of the arm: `as is`, `defect/repair`, `mechanism dose`. */
  readonly arm: string;
  /** Training units the arm alters. */
  readonly units: number;
  /** Number of the pair: the same in both arms of a comparison. */
  readonly seed: number;
  readonly on: On;
  /** Rows scored, and positives among them. */
  readonly rows: number;
  readonly positives: number;
  readonly metric: Metric;
  readonly value: number;
}

/**
 * What the walks looked at, in the order in which they first did. Nothing is measured for the log: an arm that was
 * dropped before the proof has no number on outer rows in it, so that nobody is tempted to choose by one.
 */
export interface TrialLog {
  readonly note: (arm: Arm, seed: number, rows: RowSet, metric: Metric, value: number) => void;
  readonly records: () => readonly TrialRecord[];
}

export function createTrialLog(): TrialLog {
  const records: TrialRecord[] = [];
  const seen = new Map<Arm, Map<RowSet, Set<string>>>();
  return {
    note: (arm, seed, rows, metric, value) => {
      const ofArm = seen.get(arm) ?? new Map<RowSet, Set<string>>();
      const ofRows = ofArm.get(rows) ?? new Set<string>();
      seen.set(arm, ofArm.set(rows, ofRows));
      const key = `${seed} ${metric}`;
      if (ofRows.has(key)) return;
      ofRows.add(key);
      const { on, positives } = rows;
      records.push({ arm: arm.name, units: arm.units, seed, on, rows: rows.at.length, positives, metric, value });
    },
    records: () => records,
  };
}
