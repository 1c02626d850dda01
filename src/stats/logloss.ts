import type { Estimate } from './influence.js';

/** Probabilities are kept this far from 0 and 1, so that one row cannot make the mean loss infinite. */
const probabilityFloor = 1e-6;

export interface LossEstimate extends Estimate {
  /** Rows whose probability was moved to the floor or its mirror. */
  readonly clipped: number;
}

/** Mean log loss (natural logarithm) of probabilities against labels 0 or 1; `weights` count as frequencies. */
export function loglossInfluence(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number> | null,
  floor: number = probabilityFloor,
): LossEstimate {
  const influence = new Float64Array(probabilities.length);
  let clipped = 0;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < influence.length; i++) {
    const p = Math.min(Math.max(probabilities[i]!, floor), 1 - floor);
    if (p !== probabilities[i]) clipped++;
    const weight = weights?.[i] ?? 1;
    influence[i] = -Math.log(labels[i] === 1 ? p : 1 - p);
    sum += weight * influence[i]!;
    total += weight;
  }
  const value = sum / total;
  for (let i = 0; i < influence.length; i++) influence[i] = ((weights?.[i] ?? 1) * (influence[i]! - value)) / total;
  return { value, influence, clipped };
}

/**
 * Normalised entropy: log loss over the entropy of the base rate (He et al. 2014, Practical lessons from predicting
 * clicks on ads at Facebook). 1 is no better than the base rate. The influence is that of a ratio, so it covers the
 * sampling of the base rate too. NaN where one class is absent.
 */
export function neInfluence(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number> | null,
  floor: number = probabilityFloor,
): LossEstimate {
  const loss = loglossInfluence(probabilities, labels, weights, floor);
  const { rate, total } = baseRate(labels, weights);
  const entropy = -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate));
  const value = loss.value / entropy;
  const slope = Math.log((1 - rate) / rate);
  const influence = loss.influence.map((phi, i) => {
    const ofRate = ((weights?.[i] ?? 1) * (labels[i]! - rate)) / total;
    return (phi - value * slope * ofRate) / entropy;
  });
  return { value, influence, clipped: loss.clipped };
}

function baseRate(
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null | undefined,
): { rate: number; total: number } {
  let positives = 0;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    positives += weight * labels[i]!;
    total += weight;
  }
  return { rate: positives / total, total };
}
