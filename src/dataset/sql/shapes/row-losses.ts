import type { Query } from '../../../core/engine.js';

/** Probabilities are kept this far from 0 and 1, as in `src/stats/logloss.ts`. */
const floor = 1e-6;
/** Losses are whole multiples of this share, so that their sums do not depend on the order of the terms. */
const grain = 2 ** 12;

/**
 * Log loss of each row of a table `(k, p, y)` of probabilities of label 1 and labels, as marks `(k, y, e)`: e is the loss that the
 * probability itself foretells, its entropy.
 */
export function rowLosses(probabilities: string): Query {
  const [p, q] = [`greatest(${floor}, q.p)`, `greatest(${floor}, 1 - q.p)`];
  const loss = `-ln(CASE WHEN q.y = 1 THEN ${p} ELSE ${q} END)`;
  return {
    sql: `SELECT q.k AS k, ${grained(loss)} AS y, ${grained(`-${p} * ln(${p}) - ${q} * ln(${q})`)} AS e
      FROM ${probabilities} AS q`,
  };
}

function grained(value: string): string {
  return `round((${value}) * ${grain}) / ${grain}`;
}
