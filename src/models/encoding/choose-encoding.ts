import type { Overlay } from '../frame/frame.js';
import type { GbdtParameters, Trainer } from '../trainer.js';
import type { Encoding, EncodingName } from './encoding.js';
import { tuneRounds } from '../gbdt/choose-rounds.js';
import { defaultParameters } from '../trainer.js';
import { encodingNames, planEncoding } from './encoding.js';

/** What all arms of an experiment share: chosen once, on the data as it is. */
export interface ChosenEncoding {
  /** Null: ranks. */
  readonly encoding: Encoding | null;
  readonly rounds: number;
}

/** What may be chosen from on the tuning rows, besides ranks; simplest first. */
const choices = { auto: ['te'], best: ['te', 'te-sum', 'te-pair'] } as const;

/** An encoding by name, or what does better on the tuning rows: of `rank` and `te` (`auto`), or of all (`best`). */
export const wantedEncodings: readonly WantedEncoding[] = ['auto', 'best', ...encodingNames];
export type WantedEncoding = EncodingName | keyof typeof choices;

/** Standard errors by which one must do better than a simpler one: with no difference it would be taken once in 44 times. */
const clearly = 2;

/**
 * The encoding and its number of rounds. Where it is to be chosen, an encoding is taken where it has clearly the lower log
 * loss on the tuning rows than the best of the simpler ones: ids whose levels have no effect, or whose effects do not
 * last, only add noise. Without tuning rows it is `te`. The choice sees training rows alone, and no arm but the data as it is.
 */
export async function chooseEncoding(
  trainer: Trainer,
  overlay: Overlay,
  wanted: WantedEncoding,
  parameters: GbdtParameters = defaultParameters,
): Promise<ChosenEncoding> {
  const tune = async (name: EncodingName): Promise<ChosenEncoding & { readonly losses: Float64Array }> => {
    const encoding = planEncoding(trainer.frame, name, 0);
    return { encoding, ...(await tuneRounds(trainer, overlay, parameters, encoding)) };
  };
  if (wanted !== 'auto' && wanted !== 'best') return chosen(await tune(wanted));
  const names = choices[wanted].filter((name) => planEncoding(trainer.frame, name, 0) !== null);
  let best = await tune('rank');
  for (const name of names) {
    const tuned = await tune(name);
    if (tuned.losses.length === 0) return chosen(tuned);
    if (standardised(best.losses, tuned.losses) > clearly) best = tuned;
  }
  return chosen(best);
}

function chosen({ encoding, rounds }: ChosenEncoding): ChosenEncoding {
  return { encoding, rounds };
}

/** Mean of the paired differences `a - b` in units of its standard error; 0 where they do not differ. */
function standardised(a: Float64Array, b: Float64Array): number {
  const differences = a.map((loss, i) => loss - b[i]!);
  const n = differences.length;
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const square = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / Math.max(1, n - 1);
  return square === 0 ? 0 : mean / Math.sqrt(square / n);
}
