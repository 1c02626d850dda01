import type { Estimate } from './influence.js';
import { tieGroups } from './ties.js';

/**
 * Area under the ROC curve in [0, 1]: the chance that a positive scores above a negative, ties counting half.
 * `labels` are 0 or 1; `weights` count as frequencies. NaN where one class is absent.
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>, weights?: ArrayLike<number> | null): number {
  const { tallies, groups } = tally(scores, labels, weights);
  let sum = 0;
  let below = 0;
  let positives = 0;
  for (let g = 0; g < groups; g++) {
    sum += tallies[2 * g + 1]! * (below + tallies[2 * g]! / 2);
    below += tallies[2 * g]!;
    positives += tallies[2 * g + 1]!;
  }
  return sum / (positives * below);
}

/**
 * The same with its influence: `w (V - AUC) / W_class`, V the placement of the row among the other class. O(n log n).
 * Rows as units give the variance of DeLong, DeLong and Clarke-Pearson 1988 (Comparing the areas under two or more
 * correlated ROC curves) up to n/(n-1); users as units that of Obuchowski 1997 (Nonparametric analysis of clustered
 * ROC curve data). The one sort is from Sun and Xu 2014 (Fast implementation of DeLong's algorithm).
 */
export function aucInfluence(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number> | null,
): Estimate {
  const { tallies, groups, groupOf } = tally(scores, labels, weights);
  const placements = place(tallies, groups);
  const { positive, negative, value } = placements;
  const influence = new Float64Array(groupOf.length);
  for (let i = 0; i < influence.length; i++) {
    const isPositive = labels[i] === 1;
    const placement = placements.of[2 * groupOf[i]! + (isPositive ? 1 : 0)]!;
    influence[i] = ((weights?.[i] ?? 1) * (placement - value)) / (isPositive ? positive : negative);
  }
  return { value, influence };
}

interface Tally {
  readonly groups: number;
  readonly groupOf: Int32Array;
  /** Weight of negatives and of positives of each tie group, one after the other. */
  readonly tallies: Float64Array;
}

function tally(scores: ArrayLike<number>, labels: ArrayLike<number>, weights?: ArrayLike<number> | null): Tally {
  const { groups, groupOf } = tieGroups(scores);
  const tallies = new Float64Array(2 * groups);
  for (let i = 0; i < groupOf.length; i++) {
    tallies[2 * groupOf[i]! + (labels[i] === 1 ? 1 : 0)]! += weights?.[i] ?? 1;
  }
  return { groups, groupOf, tallies };
}

interface Placements {
  readonly value: number;
  readonly positive: number;
  readonly negative: number;
  /** Placement of a negative and of a positive of each tie group, one after the other. */
  readonly of: Float64Array;
}

/** A positive's placement is the share of negatives below it, a negative's the share of positives above it. */
function place(tallies: Float64Array, groups: number): Placements {
  let negative = 0;
  let positive = 0;
  for (let g = 0; g < groups; g++) {
    negative += tallies[2 * g]!;
    positive += tallies[2 * g + 1]!;
  }
  const of = new Float64Array(2 * groups);
  let below = 0;
  let above = positive;
  let sum = 0;
  for (let g = 0; g < groups; g++) {
    const negatives = tallies[2 * g]!;
    const positives = tallies[2 * g + 1]!;
    above -= positives;
    of[2 * g] = (above + positives / 2) / positive;
    of[2 * g + 1] = (below + negatives / 2) / negative;
    sum += positives * of[2 * g + 1]!;
    below += negatives;
  }
  return { value: sum / positive, positive, negative, of };
}
