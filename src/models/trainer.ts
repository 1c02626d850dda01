import type { Encoding } from './encoding/encoding.js';
import type { Frame, Overlay } from './frame/frame.js';
import type { Model } from './gbdt/model.js';

/** Hyper-parameters of the built-in boosted trees; the defaults are DEMO's measured ones. */
export interface GbdtParameters {
  /** Boosting rounds; chosen once on the as-is arm, then the same for all arms. */
  readonly rounds: number;
  readonly learningRate: number;
  readonly leaves: number;
  readonly minLeafRows: number;
  readonly l2: number;
  readonly minGain: number;
  /** Share of training rows each model sees, drawn once a model by hash(seed, row key, copy). */
  readonly bagging: number;
}

export const defaultParameters: GbdtParameters = {
  rounds: 60,
  learningRate: 0.1,
  leaves: 31,
  minLeafRows: 20,
  l2: 1,
  minGain: 0,
  bagging: 0.8,
};

/** One training: what to learn from, how, with which seed, and which frame rows to score. */
export interface Trial {
  readonly overlay: Overlay;
  readonly parameters: GbdtParameters;
  /** Label encodings of categorical columns, added to their ranks; null or absent: ranks alone. */
  readonly encoding?: Encoding | null;
  /** The seed of the pair: both arms of a comparison share it. */
  readonly seed: number;
  /** Frame rows to score, in this order. */
  readonly score: Int32Array;
  /** With it, logloss on these rows is followed and the best number of rounds is reported. */
  readonly tune?: { readonly rows: Int32Array; readonly patience: number };
  /** Whether the boosted trees come back as {@link TrialResult.model}. Not with an encoding. */
  readonly keep?: boolean;
}

export interface TrialResult {
  /** Probability of label 1 for each scored row. */
  readonly scores: Float64Array;
  /** Rounds in the model; with `tune` the best round, at most `parameters.rounds`. */
  readonly rounds: number;
  /** The trees, where they were asked for. */
  readonly model?: Model;
}

/** Trains many trials on one frame, over the run's threads; results come back in the order of the trials. */
export interface Trainer {
  readonly frame: Frame;
  train(trials: readonly Trial[], onDone?: () => void): Promise<readonly TrialResult[]>;
  close(): Promise<void>;
}
