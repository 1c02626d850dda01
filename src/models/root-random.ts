import type { Random } from '../core/random.js';
import type { Run } from '../core/run.js';
import { createRandom } from '../core/random.js';

/**
 * The generator of the run's seed, wherever in the run it is asked for. What is made once a run and shared must not
 * draw from the path of whoever asks first.
 */
export function rootRandom(run: Run): Random {
  const [seed] = run.random.path.split('/');
  return createRandom(Number(seed));
}
