import type { PlainError } from '../../core/errors.js';
import type { KernelName } from '../gbdt/kernel/kernel.js';
import type { Model } from '../gbdt/model.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';

/** What a worker is born with. */
export interface WorkerData {
  /** Its arrays lie in shared memory, so that all workers read one copy. */
  readonly frame: TrainingFrame;
  /** One number; not 0 once the run was interrupted. Looked at before each tree. */
  readonly stop: Int32Array;
  /** Absent: the fastest that the machine can run. The results are the same. */
  readonly kernel?: KernelName;
}

/** What a worker answers. Errors travel as plain data, since posting drops their class and fields. */
export type Answer<R> = { readonly result: R } | { readonly error: PlainError };

/** What a worker that scores is born with: for each division the model of each fold, and the columns they were shown. */
export interface ScorerData {
  readonly models: readonly (readonly Model[])[];
  readonly columns: TrainingFrame['columns'];
}
