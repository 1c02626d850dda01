/** AUC of a score known only as counts by bin. */
export interface BinnedAuc {
  readonly value: number;
  /** Largest possible distance from the AUC of the raw score: half the mass of pairs tied by the bins. */
  readonly error: number;
}

/** Exact AUC of the binned score; bins ascend. NaN where one class is absent. */
export function aucOfBins(positives: ArrayLike<number>, negatives: ArrayLike<number>): BinnedAuc {
  let sum = 0;
  let tied = 0;
  let below = 0;
  let total = 0;
  for (let b = 0; b < positives.length; b++) {
    sum += positives[b]! * (below + negatives[b]! / 2);
    tied += positives[b]! * negatives[b]!;
    below += negatives[b]!;
    total += positives[b]!;
  }
  const pairs = total * below;
  return { value: sum / pairs, error: tied / (2 * pairs) };
}
