import type { Answer, WorkerData } from '../pool/task.js';
import type { Trial, TrialResult } from '../trainer.js';
import { Tinypool } from 'tinypool';
import { AssayError, toPlainError } from '../../core/errors.js';
import { trainLogistic } from './train.js';

/** Runs in a worker thread: trains one trial on the frame the worker was born with. */
export default function work(trial: Trial): Answer<TrialResult> {
  // The pool hands its `workerData` through untyped; only the pool's trainer writes it.
  const { frame, stop } = Tinypool.workerData as WorkerData;
  try {
    const check = (): void => {
      if (Atomics.load(stop, 0) !== 0) throw new AssayError('interrupted', {});
    };
    return { result: trainLogistic(frame, trial, check) };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
