import { betaCdf } from '../../src/stats/distributions.js';

/** Labelled rows and positives of a user. */
export interface Activity {
  readonly user: string;
  readonly rows: number;
  readonly positives: number;
}

/** Sums over users: `n - 1` and `y (y - 1) / n` give the variance of rates. */
export interface Sums {
  readonly users: number;
  readonly rows: number;
  readonly positives: number;
  readonly pairs: number;
  readonly hits: number;
}

/** The sums without some users. */
export function without(sums: Sums, some: readonly Activity[]): Sums {
  const less = (of: (user: Activity) => number): number => some.reduce((sum, user) => sum + of(user), 0);
  return {
    users: sums.users - some.length,
    rows: sums.rows - less((u) => u.rows),
    positives: sums.positives - less((u) => u.positives),
    pairs: sums.pairs - less((u) => u.rows - 1),
    hits: sums.hits - less((u) => (u.positives * (u.positives - 1)) / u.rows),
  };
}

/** How honest users differ: logarithms of the odds of a positive, taken as normal. */
export interface Honest {
  readonly median: number;
  readonly spread: number;
}

/**
 * E[y (y - 1)] = n (n - 1) E[rate^2] gives the variance of rates between users without the noise of counting; it is taken over to the
 * logarithm of odds.
 */
export function honestUsers({ rows, positives, pairs, hits }: Sums): Honest {
  const base = positives / rows;
  const relative = pairs > 0 ? Math.max(0, hits / pairs / (base * base) - 1) : 0;
  const variance = Math.log1p(relative) / (1 - base) ** 2;
  return { median: Math.log(base / (1 - base)) - variance / 2, spread: Math.sqrt(variance) };
}

/** Chance that a user of one rate has as many positives or more. */
export function binomialTail({ rows, positives }: Activity, rate: number): number {
  return positives === 0 ? 1 : betaCdf(rate, positives, rows - positives + 1);
}

const step = 0.1;
const reach = 8;

/** Chance that an honest user of as many rows has as many positives or more: binomial tails averaged over users. */
export function tail(user: Activity, { median, spread }: Honest): number {
  if (user.positives === 0) return 1;
  let sum = 0;
  for (let z = -reach; z <= reach; z += step) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const rate = 1 / (1 + Math.exp(-median - spread * z));
    sum += step * density * binomialTail(user, rate);
  }
  return sum;
}

/**
 * Users whom the spread of honest ones does not explain. Suspects are left out of the spread first; those whom it explains come back,
 * until nobody does.
 */
export function eager(sums: Sums, suspects: readonly Activity[], alpha: number): readonly Activity[] {
  let left = suspects;
  for (;;) {
    const rest = without(sums, left);
    if (rest.positives <= 0 || rest.positives >= rest.rows) return [];
    const honest = honestUsers(rest);
    const still = left.filter((user) => tail(user, honest) < alpha / sums.users);
    if (still.length === left.length) return still;
    left = still;
  }
}
