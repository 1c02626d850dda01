import type { Plan } from '../../core/plan.js';
import type { Scope } from '../experiment.js';

/** A model beside the built-in one: what a plan makes of the study goes in, scores come out. */
export interface SecondModel {
  readonly name: string;
  /** Training rows of the data as it is, and whether they are a sample of the study's. */
  readonly rows: number;
  readonly sampled: boolean;
  /** Probability of label 1 for each scored row of the experiment, in its order. `seed` is the trainer's own. */
  train(plan: Plan, scope: Scope, seed: number): Promise<Float64Array>;
  close(): Promise<void>;
}
