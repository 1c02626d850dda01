import type { Step } from '../../core/plan.js';

/**
 * What became of a step on new data. `serving`: a row step, which scored rows are not subject to. The others but
 * `applied` do not fit: `unfit` was applied, but some values are ones it was not made for.
 */
export type Outcome =
  | 'applied'
  | 'serving'
  | 'no-hit'
  | 'unfit'
  | 'other-file'
  | 'missing-column'
  | 'type-changed'
  | 'name-taken'
  | 'refused';

/** A step of a recipe on new data. */
export interface StepFit {
  readonly step: number;
  readonly defect: string;
  readonly verb: Step['verb'];
  readonly outcome: Outcome;
  /** Rows or cells it changed; null where it was left out, or changes a whole column. */
  readonly units: number | null;
  /** Why it does not fit, in words; null where it does. */
  readonly reason: string | null;
}

/** True where the step was carried out. */
export function isApplied({ outcome }: StepFit): boolean {
  return outcome === 'applied' || outcome === 'no-hit' || outcome === 'unfit';
}

/** True where the step does what it was made for. */
export function fits({ outcome }: StepFit): boolean {
  return outcome === 'applied' || outcome === 'serving';
}
