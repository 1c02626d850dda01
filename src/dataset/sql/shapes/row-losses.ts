import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';

/** Probabilities are kept this far from 0 and 1, as in `src/stats/logloss.ts`. */
const floor = 1e-6;
/** Losses are whole multiples of this share, so that their sums do not depend on the order of the terms. */
const grain = 2 ** 12;

/**
 * Log loss of each row under a table `(k, p)` of probabilities of label 1, as marks `(k, y, e)`: e is the loss that the
 * probability itself foretells, its entropy.
 */
export function rowLosses(relation: Relation, probabilities: string, label: Label, dialect: Dialect): Query {
  const y = labelSql(label, dialect);
  const [p, q] = [`greatest(${floor}, q.p)`, `greatest(${floor}, 1 - q.p)`];
  const loss = `-ln(CASE WHEN ${y} = 1 THEN ${p} ELSE ${q} END)`;
  return {
    sql: `SELECT r.k, ${grained(loss)} AS y, ${grained(`-${p} * ln(${p}) - ${q} * ln(${q})`)} AS e
      FROM ${relation.name} AS r JOIN ${probabilities} AS q ON q.k = r.k`,
  };
}

function grained(value: string): string {
  return `round((${value}) * ${grain}) / ${grain}`;
}
