import type { Arm } from './arm.js';
import type { Metric, Summary } from './effect/summary.js';
import type { RowSet } from './effect/row-set.js';
import type { TrialLog } from './trial-log.js';
import { summarise } from './effect/summary.js';

/** Scores of finished trials by arm and seed: 8 bytes a scored row and trial, until the arm is forgotten. */
export interface TrialStore {
  has(arm: Arm, seed: number): boolean;
  keep(arm: Arm, seed: number, scores: Float64Array): void;
  /** Summaries in seed order; those of `base`, which every comparison reads, are made once. */
  summaries(arm: Arm, seeds: readonly number[], rows: RowSet, metric: Metric): readonly Summary[];
  readonly forget: (arm: Arm) => void;
}

/** A store that notes in `log` whatever is asked of it. */
export function createTrialStore(base: Arm, log: TrialLog): TrialStore {
  const scores = new Map<Arm, Map<number, Float64Array>>();
  const known = new Map<RowSet, Map<string, Summary>>();
  const summary = (arm: Arm, seed: number, rows: RowSet, metric: Metric): Summary =>
    summarise(scores.get(arm)!.get(seed)!, rows, metric);
  const ofBase = (seed: number, rows: RowSet, metric: Metric): Summary => {
    const key = `${seed} ${metric}`;
    const ofRows = known.get(rows) ?? new Map<string, Summary>();
    const made = ofRows.get(key) ?? summary(base, seed, rows, metric);
    known.set(rows, ofRows.set(key, made));
    return made;
  };
  return {
    has: (arm, seed) => scores.get(arm)?.has(seed) ?? false,
    keep: (arm, seed, values) => {
      const trials = scores.get(arm) ?? new Map<number, Float64Array>();
      scores.set(arm, trials.set(seed, values));
    },
    summaries: (arm, seeds, rows, metric) =>
      seeds.map((seed) => {
        const made = arm === base ? ofBase(seed, rows, metric) : summary(arm, seed, rows, metric);
        log.note(arm, seed, rows, metric, made.value);
        return made;
      }),
    forget: (arm) => void scores.delete(arm),
  };
}
