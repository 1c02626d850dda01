import type { Encoding } from '../encoding/encoding.js';
import type { Overlay } from '../frame/frame.js';
import type { GbdtParameters, Trainer } from '../trainer.js';
import { Part } from '../../core/relation.js';
import { defaultParameters } from '../trainer.js';
import { logarithm } from './logarithm.js';

/** Trees without a lower loss after which the search ends. */
const patience = 10;
/** Fewer trees than this are not a boosted model. */
const fewest = 5;

/** How far boosting went and how well it did. */
export interface Tuned {
  readonly rounds: number;
  /** Log loss of each tuning row, times its weight. */
  readonly losses: Float64Array;
}

/**
 * The number of boosting rounds for all arms, chosen once: trains on the overlay's rows of part train and takes the
 * round with the lowest log loss on its rows of part tuning, at least 5 and at most `parameters.rounds`. Without tuning
 * rows it is `parameters.rounds`.
 */
export async function chooseRounds(
  trainer: Trainer,
  overlay: Overlay,
  parameters: GbdtParameters = defaultParameters,
): Promise<number> {
  return (await tuneRounds(trainer, overlay, parameters, null)).rounds;
}

/** The same with an encoding, and with the losses of the chosen round. */
export async function tuneRounds(
  trainer: Trainer,
  overlay: Overlay,
  parameters: GbdtParameters,
  encoding: Encoding | null,
): Promise<Tuned> {
  const { part } = trainer.frame;
  const entries = Int32Array.from(overlay.rows.keys());
  const train = entries.filter((i) => part[overlay.rows[i]!] === Part.train);
  const tuning = overlay.rows.filter((row, i) => part[row] === Part.tuning && row !== overlay.rows[i - 1]);
  if (tuning.length === 0) return { rounds: parameters.rounds, losses: new Float64Array(0) };
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
    score: tuning,
    tune: { rows: tuning, patience },
    ...(encoding === null ? {} : { encoding }),
  };
  const [result] = await trainer.train([trial]);
  const rounds = Math.max(fewest, Math.min(result!.rounds, parameters.rounds));
  return { rounds, losses: lossesOf(result!.scores, tuning, trainer) };
}

function lossesOf(scores: Float64Array, rows: Int32Array, { frame }: Trainer): Float64Array {
  return scores.map((score, i) => {
    const row = rows[i]!;
    const p = frame.label[row] === 1 ? score : 1 - score;
    return -(frame.weight?.[row] ?? 1) * logarithm(p > 1e-15 ? p : 1e-15);
  });
}
