import type { Experiment } from '../experiment.js';
import type { On } from './row-set.js';
import { tooFewRows } from './floor.js';
import { limitsOf } from './limits.js';

/** AUC of the data as it is on evaluation rows, averaged over trained seeds, with its 95% limits. */
export interface Level {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Null where the evaluation rows are too few for an interval. */
export function levelOf(experiment: Experiment, seeds: readonly number[], on: On): Level | null {
  if (tooFewRows(experiment.rows(on)) !== null) return null;
  const level = experiment.level(experiment.asIs, seeds, on);
  const { low, high } = limitsOf(level);
  return { value: level.estimate, low, high };
}
