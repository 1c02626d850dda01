import type { Run } from '../../core/run.js';
import type { Frame } from '../frame/frame.js';
import type { KernelName } from '../gbdt/kernel/kernel.js';
import type { Trainer, Trial, TrialResult } from '../trainer.js';
import type { WorkerData } from './task.js';
import { AssayError } from '../../core/errors.js';
import { trainingFrame } from '../gbdt/training-frame.js';
import { builtFile } from '../../core/built-file.js';
import { createPool } from './pool.js';

/**
 * A trainer on `run.threads` worker threads, closed with the run. The frame is posted once to each worker; its arrays
 * should lie in shared memory. `kernel` is the fastest one unless a test asks for one, `worker` the module that trains,
 * the boosted trees where absent. A trial is a pure function of its arguments, so results do not depend on the threads.
 *
 * `train` fails with the first error of a trial: `interrupted` soon after the run's signal aborts (before the next
 * tree), `worker-failed` when a worker dies; the next call then starts fresh workers.
 */
export async function createTrainer(frame: Frame, run: Run, kernel?: KernelName, worker?: string): Promise<Trainer> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const data: WorkerData = { frame: trainingFrame(frame), stop, ...(kernel === undefined ? {} : { kernel }) };
  const pool = createPool<Trial, TrialResult>(data, run.threads, worker ?? builtFile('bin/worker.js'));
  const interrupt = (): void => void Atomics.store(stop, 0, 1);
  run.signal.addEventListener('abort', interrupt, { once: true });
  if (run.signal.aborted) interrupt();

  const trainer: Trainer = {
    frame,
    train: async (trials, onDone = () => {}) => {
      if (run.signal.aborted) throw new AssayError('interrupted', {});
      const one = async (trial: (typeof trials)[number]): Promise<TrialResult> => {
        const result = await pool.run(trial);
        onDone();
        return result;
      };
      return settle(trials.map(one));
    },
    close: async () => {
      run.signal.removeEventListener('abort', interrupt);
      await pool.close();
    },
  };
  run.onClose(() => trainer.close());
  return trainer;
}

/** All results in order; the error of the earliest failed trial once none is under way, so that nothing is left behind. */
async function settle(results: readonly Promise<TrialResult>[]): Promise<readonly TrialResult[]> {
  await Promise.allSettled(results);
  return Promise.all(results);
}
