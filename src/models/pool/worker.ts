import type { Trial } from '../trainer.js';
import type { Answer, WorkerData } from './task.js';
import { Tinypool } from 'tinypool';
import { AssayError, toPlainError } from '../../core/errors.js';
import { trainTrial } from '../gbdt/train.js';

/** Runs in a worker thread: trains one trial on the frame the worker was born with. */
export default function work(trial: Trial): Answer {
  // The pool hands its `workerData` through untyped; only `trainer.ts` writes it.
  const { frame, stop } = Tinypool.workerData as WorkerData;
  try {
    const result = trainTrial(frame, trial, () => {
      if (Atomics.load(stop, 0) !== 0) throw new AssayError('interrupted', {});
    });
    return { result };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
