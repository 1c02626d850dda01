import type { Overlay } from '../frame/frame.js';
import type { GbdtParameters, Trainer } from '../trainer.js';
import type { Encoding, EncodingName } from './encoding.js';
import { tuneRounds } from '../gbdt/choose-rounds.js';
import { defaultParameters } from '../trainer.js';
import { planEncoding } from './encoding.js';

/** What all arms of an experiment share: chosen once, on the data as it is. */
export interface ChosenEncoding {
  /** Null: ranks. */
  readonly encoding: Encoding | null;
  readonly rounds: number;
}

/** An encoding by name, or `auto`: what does better on the tuning rows. */
export type WantedEncoding = EncodingName | 'auto';

/** Standard errors by which `te` must do better: with no difference it would be taken once in 44 times. */
const clearly = 2;

/**
 * The encoding and its number of rounds. `auto` is `te` where a column qualifies and `te` has clearly the lower log loss
 * on the tuning rows than ranks have: ids whose levels have no effect, or whose effects do not last, only add noise.
 * Without tuning rows it is `te`. The choice sees training rows alone, and no arm but the data as it is.
 */
export async function chooseEncoding(
  trainer: Trainer,
  overlay: Overlay,
  wanted: WantedEncoding,
  parameters: GbdtParameters = defaultParameters,
): Promise<ChosenEncoding> {
  const encoding = planEncoding(trainer.frame, wanted === 'auto' ? 'te' : wanted, 0);
  const tuned = await tuneRounds(trainer, overlay, parameters, encoding);
  if (wanted !== 'auto' || encoding === null) return { encoding, rounds: tuned.rounds };
  const plain = await tuneRounds(trainer, overlay, parameters, null);
  const better = tuned.losses.length === 0 || standardised(plain.losses, tuned.losses) > clearly;
  return better ? { encoding, rounds: tuned.rounds } : { encoding: null, rounds: plain.rounds };
}

/** Mean of the paired differences `a - b` in units of its standard error; 0 where they do not differ. */
function standardised(a: Float64Array, b: Float64Array): number {
  const differences = a.map((loss, i) => loss - b[i]!);
  const n = differences.length;
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const square = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / Math.max(1, n - 1);
  return square === 0 ? 0 : mean / Math.sqrt(square / n);
}
