import type { Run } from '../../core/run.js';
import type { Frame } from '../frame/frame.js';
import type { Trainer } from '../trainer.js';
import type { EncodingName } from './encoding.js';
import { AssayError } from '../../core/errors.js';
import { createTrainer } from '../pool/trainer.js';
import { rootRandom } from '../root-random.js';
import { planEncoding } from './encoding.js';

/**
 * The built-in trees with an encoding of their own, whatever the trials say: so that gains can be read side by side
 * under two encodings.
 *
 * @throws AssayError `option-invalid` where no column takes the encoding.
 */
export async function createEncoded(name: EncodingName, frame: Frame, run: Run): Promise<Trainer> {
  const encoding = planEncoding(frame, name, Math.floor(rootRandom(run).fork('folds').at(0) * 2 ** 31));
  if (encoding === null && name !== 'rank') {
    const expected = 'rank here: no column has enough levels for another encoding';
    throw new AssayError('option-invalid', { option: '--trainer', value: name, expected });
  }
  const trainer = await createTrainer(frame, run);
  return {
    ...trainer,
    train: (trials, onDone) =>
      trainer.train(
        trials.map((trial) => ({ ...trial, encoding })),
        onDone,
      ),
  };
}
