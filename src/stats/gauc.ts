import type { Estimate } from './influence.js';

/** Rows of the users that have both classes, user by user: the others say nothing about order within a user. */
export interface MixedUsers {
  /** Row indices, those of a user together; `from[u] .. from[u + 1]` of them are those of the u-th mixed user. */
  readonly row: Int32Array;
  readonly from: Int32Array;
  /** Unit number of each mixed user. */
  readonly unit: Int32Array;
  readonly units: number;
  /** Positives among {@link row}. */
  readonly positives: number;
}

/** Finds the users with both classes. `unit` is the user of each row, 0 .. units-1. */
export function mixedUsers(labels: ArrayLike<number>, unit: ArrayLike<number>, units: number): MixedUsers {
  const rows = new Int32Array(units);
  const clicks = new Int32Array(units);
  for (let i = 0; i < unit.length; i++) {
    rows[unit[i]!]! += 1;
    clicks[unit[i]!]! += labels[i]!;
  }
  const mixed = Int32Array.from(rows.keys()).filter((u) => clicks[u]! > 0 && clicks[u]! < rows[u]!);
  const from = new Int32Array(mixed.length + 1);
  const next = new Int32Array(units).fill(-1);
  let positives = 0;
  mixed.forEach((u, place) => {
    next[u] = from[place]!;
    from[place + 1] = from[place]! + rows[u]!;
    positives += clicks[u]!;
  });
  const row = new Int32Array(from[mixed.length]!);
  for (let i = 0; i < unit.length; i++) {
    const u = unit[i]!;
    if (next[u]! >= 0) row[next[u]!++] = i;
  }
  return { row, from, unit: mixed, units, positives };
}

/**
 * GAUC of Zhou et al. 2018 (Deep interest network): the mean over users of their AUC, weighted by their rows.
 * `influence` has one value per unit: `rows (own - GAUC) / all rows`. NaN where no user has both classes.
 */
export function gauc(scores: ArrayLike<number>, labels: ArrayLike<number>, users: MixedUsers): Estimate {
  const { row, from, unit, units } = users;
  const own = Float64Array.from(unit, (_, u) => aucWithin(scores, labels, row.subarray(from[u], from[u + 1])));
  let sum = 0;
  own.forEach((value, u) => (sum += value * (from[u + 1]! - from[u]!)));
  const value = sum / row.length;
  const influence = new Float64Array(units);
  own.forEach((mine, u) => (influence[unit[u]!] = ((from[u + 1]! - from[u]!) * (mine - value)) / row.length));
  return { value, influence };
}

/** AUC of a few rows with both classes; a user has few, so sorting them is cheap. */
function aucWithin(scores: ArrayLike<number>, labels: ArrayLike<number>, rows: Int32Array): number {
  const order = Array.from(rows).sort((a, b) => scores[a]! - scores[b]!);
  let [sum, below, positives] = [0, 0, 0];
  for (let start = 0; start < order.length;) {
    let end = start;
    let hits = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) hits += labels[order[end++]!]!;
    const misses = end - start - hits;
    sum += hits * (below + misses / 2);
    below += misses;
    positives += hits;
    start = end;
  }
  return sum / (positives * below);
}
