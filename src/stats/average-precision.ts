/**
 * Average precision: the sum over distinct scores, from high to low, of precision times the gain in recall; tied rows
 * enter together (scikit-learn's `average_precision_score`). `relevant` is 0 or 1. NaN where nothing is relevant.
 */
export function averagePrecision(scores: ArrayLike<number>, relevant: ArrayLike<number>): number {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  let hits = 0;
  let sum = 0;
  let pending = 0;
  for (const [place, i] of order.entries()) {
    pending += relevant[i]!;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[i]) continue;
    hits += pending;
    sum += (pending * hits) / (place + 1);
    pending = 0;
  }
  return sum / hits;
}
