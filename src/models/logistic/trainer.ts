import type { Run } from '../../core/run.js';
import type { Frame } from '../frame/frame.js';
import type { Trainer } from '../trainer.js';
import { builtFile } from '../../core/built-file.js';
import { createTrainer } from '../pool/trainer.js';

/** Hashed logistic regression on the run's threads: {@link createTrainer} with another model. */
export function createLogistic(frame: Frame, run: Run): Promise<Trainer> {
  return createTrainer(frame, run, undefined, builtFile('bin/logistic-worker.js'));
}
