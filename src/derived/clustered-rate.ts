import type { Value } from '../core/engine.js';

/** Positives of some rows, and what repeating users do to their variance. */
export interface Rate {
  readonly rows: number;
  readonly positives: number;
  /** Positives over rows; NaN without rows. */
  readonly rate: number;
  /** How many rows count as one: clustered over binomial variance, at least 1. */
  readonly effect: number;
}

/** The rate of one row of `labelRates`: variance of a ratio of sums over units (Cochran 1977, Sampling techniques, section 6.3). */
export function rateOf(row: Readonly<Record<string, Value>> = {}): Rate {
  const [units, m, y, yy, my, mm] = ['units', 'm', 'y', 'yy', 'my', 'mm'].map((name) => Number(row[name] ?? 0));
  const rate = y! / m!;
  const binomial = rate * (1 - rate) * m!;
  const clustered = (units! / (units! - 1)) * (yy! - 2 * rate * my! + rate * rate * mm!);
  const effect = units! > 1 && binomial > 0 ? Math.max(1, clustered / binomial) : 1;
  return { rows: m!, positives: y!, rate, effect };
}
