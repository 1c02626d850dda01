import { mean, sampleVariance } from 'simple-statistics';
import { tQuantile, tTwoSided } from './distributions.js';

/** A mean over overlapping resplits with an interval that allows for the overlap. */
export interface ResampledT {
  readonly mean: number;
  readonly se: number;
  readonly df: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Corrected resampled t of Nadeau and Bengio 2003 (Inference for the generalization error): variance
 * `s^2 (1/J + testShare)`, J - 1 degrees of freedom. `testToTrain` is the ratio of test to training rows of a split.
 */
export function resampledT(effects: readonly number[], testToTrain: number): ResampledT {
  const count = effects.length;
  const average = mean([...effects]);
  const se = Math.sqrt(sampleVariance([...effects]) * (1 / count + testToTrain));
  const df = count - 1;
  const half = tQuantile(0.975, df) * se;
  return { mean: average, se, df, p: tTwoSided(average / se, df), low: average - half, high: average + half };
}
