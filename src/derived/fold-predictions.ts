import type { Overlay } from '../models/frame/frame.js';
import type { GbdtParameters, Trainer, Trial } from '../models/trainer.js';
import type { Folds } from './folds.js';

/** Slow and shallow, so that the probabilities of a row's neighbourhood are smooth. */
export const smoothParameters: GbdtParameters = {
  rounds: 60,
  learningRate: 0.1,
  leaves: 12,
  minLeafRows: 20,
  l2: 1,
  minGain: 0,
  bagging: 1,
};

/**
 * Probability of label 1 of each entry of `base.rows`, whatever `base.label` says there, by models that never saw its fold;
 * the mean over the divisions. `onDone` is called after each training.
 */
export async function foldPredictions(
  trainer: Trainer,
  base: Overlay,
  divisions: readonly Folds[],
  rounds: number,
  onDone: () => void,
): Promise<Float64Array> {
  const p = new Float64Array(base.rows.length);
  for (const folds of divisions) {
    const results = await trainer.train(foldTrials(base, folds, rounds), onDone);
    results.forEach(({ scores }, fold) => {
      let at = 0;
      for (let i = 0; i < p.length; i++) if (folds.of[i] === fold) p[i]! += scores[at++]! / divisions.length;
    });
  }
  return p;
}

/** One training a fold: on the rows of the others, scoring its own. */
export function foldTrials(base: Overlay, folds: Folds, rounds: number): readonly Trial[] {
  return Array.from({ length: folds.count }, (_, fold) => ({
    overlay: without(base, folds, fold),
    parameters: { ...smoothParameters, rounds },
    seed: fold,
    score: base.rows.filter((_row, i) => folds.of[i] === fold),
  }));
}

function without(base: Overlay, folds: Folds, fold: number): Overlay {
  const { weight } = base;
  const kept = Int32Array.from(base.rows.keys()).filter((i) => folds.of[i] !== fold);
  return {
    ...base,
    rows: kept.map((i) => base.rows[i]!),
    label: Uint8Array.from(kept, (i) => base.label[i]!),
    weight: weight === null ? null : Float32Array.from(kept, (i) => weight[i]!),
  };
}
