import type { Kernel } from '../gbdt/kernel/kernel.js';
import type { Trial, TrialResult } from '../trainer.js';
import type { Answer, WorkerData } from './task.js';
import { Tinypool } from 'tinypool';
import { AssayError, toPlainError } from '../../core/errors.js';
import { createKernel } from '../gbdt/kernel/choose.js';
import { trainTrial } from '../gbdt/train.js';

/** One memory for all trials of this thread, made with the first. */
let kernel: Kernel | null = null;

/** Runs in a worker thread: trains one trial on the frame the worker was born with. */
export default function work(trial: Trial): Answer<TrialResult> {
  // The pool hands its `workerData` through untyped; only `trainer.ts` writes it.
  const { frame, stop, kernel: name } = Tinypool.workerData as WorkerData;
  try {
    kernel ??= createKernel(name);
    const check = (): void => {
      if (Atomics.load(stop, 0) !== 0) throw new AssayError('interrupted', {});
    };
    const result = trainTrial(frame, trial, check, kernel);
    return { result };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
