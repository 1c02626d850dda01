import type { Estimate } from './influence.js';
import { auc } from './auc.js';

/** AUC within users, weighted by their rows; `influence` has one value per user. */
export interface GroupedAuc extends Estimate {
  /** Rows of users that have both classes: the others say nothing about order and are left out. */
  readonly rows: number;
  readonly positives: number;
}

/**
 * GAUC of Zhou et al. 2018 (Deep interest network): the mean over users of their AUC, weighted by their rows. `unit` is
 * the user of each row, 0 .. units-1. NaN where no user has both classes.
 */
export function gauc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  unit: ArrayLike<number>,
  units: number,
): GroupedAuc {
  const rowsOf: number[][] = Array.from({ length: units }, () => []);
  for (let i = 0; i < scores.length; i++) rowsOf[unit[i]!]!.push(i);
  const size = new Float64Array(units);
  const within = new Float64Array(units);
  let rows = 0;
  let positives = 0;
  let sum = 0;
  for (const [u, own] of rowsOf.entries()) {
    const ownLabels = own.map((i) => labels[i]!);
    const count = ownLabels.reduce((a, b) => a + b, 0);
    if (count === 0 || count === own.length) continue;
    size[u] = own.length;
    within[u] = auc(
      own.map((i) => scores[i]!),
      ownLabels,
    );
    rows += own.length;
    positives += count;
    sum += own.length * within[u];
  }
  const value = sum / rows;
  return { value, influence: within.map((own, u) => (size[u]! * (own - value)) / rows), rows, positives };
}
