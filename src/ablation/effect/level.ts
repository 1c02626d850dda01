import type { Experiment } from '../experiment.js';
import { tooFewRows } from './floor.js';
import { limitsOf } from './limits.js';

/** AUC of the data as it is on all evaluation rows, averaged over trained seeds, with its 95% limits. */
export interface Level {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Null where the evaluation rows are too few for an interval. */
export function levelOf(experiment: Experiment, seeds: readonly number[]): Level | null {
  if (tooFewRows(experiment.rows('evaluation')) !== null) return null;
  const level = experiment.level(experiment.asIs, seeds, 'evaluation');
  const { low, high } = limitsOf(level);
  return { value: level.estimate, low, high };
}
