import type { Frame } from '../frame/frame.js';
import type { Run } from '../../core/run.js';
import type { Trainer, TrialResult } from '../trainer.js';
import { AssayError } from '../../core/errors.js';
import { trainForest } from './train-forest.js';

/** Its time grows with the square of the rows: about 1 s for 1,000 rows of 20 columns and 20 trees, 7 s for 2,000. */
export const mostForestRows = 1000;

/**
 * A random forest (ml-random-forest) on the bins of a frame: for small data, as a second opinion. One trial at a time
 * in this thread; an abort is seen between trials.
 */
export async function createForest(frame: Frame, run: Run): Promise<Trainer> {
  return {
    frame,
    train: async (trials, onDone = () => {}) => {
      const results: TrialResult[] = [];
      for (const trial of trials) {
        // Lets signals and timers through before the thread is busy.
        await new Promise((resolve) => setImmediate(resolve));
        if (run.signal.aborted) throw new AssayError('interrupted', {});
        results.push(trainForest(frame, trial));
        onDone();
      }
      return results;
    },
    close: () => Promise.resolve(),
  };
}
