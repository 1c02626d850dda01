import type { Frame, Overlay } from '../models/frame/frame.js';
import type { Model } from '../models/gbdt/model.js';
import type { Trainer, Trial } from '../models/trainer.js';
import type { Folds } from './folds.js';
import { smoothParameters } from './smooth-parameters.js';
import { tellingColumns } from './telling-columns.js';

/** A model learns from at most so many rows: from here on its probabilities gain little, and long files take no longer. */
const mostTaught = 200_000;

/** What models of folds say, and the models. */
export interface FoldPredictions {
  /** Probability of label 1 of each entry of `base.rows`, by models that never saw its fold; the mean over the divisions. */
  readonly p: Float64Array;
  /** For each division the model of each fold, which never saw it; empty where they were not to be kept. */
  readonly models: readonly (readonly Model[])[];
}

/**
 * Asks of all entries of `base.rows`, whatever `base.label` says there. `onDone` is called after each training; `keep` the
 * models for rows that are not in the frame.
 */
export async function foldPredictions(
  trainer: Trainer,
  base: Overlay,
  divisions: readonly Folds[],
  rounds: number,
  onDone: () => void,
  keep = false,
): Promise<FoldPredictions> {
  const p = new Float64Array(base.rows.length);
  const models: (readonly Model[])[] = [];
  for (const folds of divisions) {
    const trials = foldTrials(trainer.frame, base, folds, rounds).map((trial) => ({ ...trial, keep }));
    const results = await trainer.train(trials, onDone);
    if (keep) models.push(results.map(({ model }) => model!));
    results.forEach(({ scores }, fold) => {
      let at = 0;
      for (let i = 0; i < p.length; i++) if (folds.of[i] === fold) p[i]! += scores[at++]! / divisions.length;
    });
  }
  return { p, models };
}

/** One training a fold: on the rows of the others, or a draw of at most {@link mostTaught} of them; it scores all its own. */
export function foldTrials(frame: Frame, base: Overlay, folds: Folds, rounds: number): readonly Trial[] {
  return Array.from({ length: folds.count }, (_, fold) => {
    const overlay = tellingColumns(frame, without(base, folds, fold));
    return {
      overlay,
      parameters: { ...smoothParameters, rounds, bagging: shareTaught(overlay.rows.length) },
      seed: fold,
      score: placesOf(folds, (of) => of === fold).map((i) => base.rows[i]!),
    };
  });
}

/** Four standard deviations short of the limit, so that the draw stays below it. */
function shareTaught(rows: number): number {
  return rows <= mostTaught ? 1 : (mostTaught - 4 * Math.sqrt(mostTaught)) / rows;
}

function without(base: Overlay, folds: Folds, fold: number): Overlay {
  const { weight } = base;
  const kept = placesOf(folds, (of) => of !== fold);
  return {
    ...base,
    rows: kept.map((i) => base.rows[i]!),
    label: Uint8Array.from(kept, (i) => base.label[i]!),
    weight: weight === null ? null : Float32Array.from(kept, (i) => weight[i]!),
  };
}

/** Places of the entries whose fold is wanted, ascending. */
function placesOf({ of }: Folds, wanted: (fold: number) => boolean): Int32Array {
  const places = new Int32Array(of.length);
  let count = 0;
  for (let i = 0; i < of.length; i++) if (wanted(of[i]!)) places[count++] = i;
  return places.slice(0, count);
}
