import type { Encoding } from '../encoding/encoding.js';
import type { Overlay } from '../frame/frame.js';
import type { GbdtParameters, Trainer } from '../trainer.js';
import { Part } from '../../core/relation.js';
import { defaultParameters } from '../trainer.js';

/** Trees without a lower loss after which the search ends. */
const patience = 10;
/** Fewer trees than this are not a boosted model. */
const fewest = 5;

/**
 * The number of boosting rounds for all arms, chosen once: trains on the overlay's rows of part train and takes the
 * round with the lowest log loss on its rows of part tuning, at least 5 and at most `parameters.rounds`. Without tuning
 * rows it is `parameters.rounds`.
 */
export async function chooseRounds(
  trainer: Trainer,
  overlay: Overlay,
  parameters: GbdtParameters = defaultParameters,
  encoding: Encoding | null = null,
): Promise<number> {
  const { part } = trainer.frame;
  const entries = Int32Array.from(overlay.rows.keys());
  const train = entries.filter((i) => part[overlay.rows[i]!] === Part.train);
  const tuning = overlay.rows.filter((row, i) => part[row] === Part.tuning && row !== overlay.rows[i - 1]);
  if (tuning.length === 0) return parameters.rounds;
  const { weight } = overlay;
  const trial = {
    overlay: {
      ...overlay,
      rows: train.map((i) => overlay.rows[i]!),
      label: Uint8Array.from(train, (i) => overlay.label[i]!),
      weight: weight === null ? null : Float32Array.from(train, (i) => weight[i]!),
    },
    parameters,
    seed: 0,
    score: new Int32Array(0),
    tune: { rows: tuning, patience },
    ...(encoding === null ? {} : { encoding }),
  };
  const [result] = await trainer.train([trial]);
  return Math.max(fewest, Math.min(result!.rounds, parameters.rounds));
}
