import type { Candidate } from './repairs.js';
import type { CapacityAxis, ColumnsWorth, ValueCurve } from '../core/worth.js';
import type { Experiment } from './experiment.js';
import type { Proposal } from './propose.js';
import type { Run } from '../core/run.js';
import type { TrialPlan } from './plan/trial-plan.js';
import { dropColumns } from './columns/drop-columns.js';
import { measureCapacity } from './capacity/measure-capacity.js';
import { measureValue } from './value/measure-value.js';
import { tooFewRows } from './effect/floor.js';

/** What the studies besides gains, sensitivities and doses found. */
export interface Studies {
  readonly value: readonly ValueCurve[];
  /** Null where it was not measured. */
  readonly columnsWorth: ColumnsWorth | null;
  readonly capacity: CapacityAxis | null;
  /** What was asked for and cannot be measured on this data, in words. */
  readonly leftOut: readonly string[];
}

export const nothingStudied: Studies = { value: [], columnsWorth: null, capacity: null, leftOut: [] };

/** Runs the studies of the plan on inner and outer rows together, for the report; they are never fed back. */
export async function measureStudies(
  experiment: Experiment,
  proposal: Proposal,
  candidates: readonly Candidate[],
  plan: TrialPlan,
  budget: number,
  run: Run,
): Promise<Studies> {
  if (tooFewRows(experiment.rows('evaluation')) !== null) return nothingStudied;
  const { studies } = plan;
  const value = await measureValue(experiment, studies, budget, run.random.fork('value'));
  const columnsWorth = await dropColumns(experiment, studies, budget, run);
  const capacity =
    studies.capacity === 0 ? null : await measureCapacity(experiment, proposal.suspects, candidates, studies, run);
  return { value: value.curves, columnsWorth, capacity, leftOut: value.leftOut };
}
