import type { Estimate } from './influence.js';

/**
 * Predicted over observed positives; 1 is calibrated in the large. The influence is that of its **logarithm**, so the
 * limits are `value * exp(-+ t sqrt(V))`. NaN where nothing was observed.
 */
export function calibrationInfluence(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number> | null,
): Estimate {
  let predicted = 0;
  let observed = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const weight = weights?.[i] ?? 1;
    predicted += weight * probabilities[i]!;
    observed += weight * labels[i]!;
  }
  const influence = new Float64Array(probabilities.length);
  for (let i = 0; i < influence.length; i++) {
    influence[i] = (weights?.[i] ?? 1) * (probabilities[i]! / predicted - labels[i]! / observed);
  }
  return { value: predicted / observed, influence };
}
