import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import { grain, sliceSql, type Slice } from './hot-cells.js';

/** Rows of the slices, each with the place of the first one it lies in: `(k, s)`. */
export function rowsOfSlices(relation: Relation, slices: readonly Slice[], dialect: Dialect): Query {
  const inside = slices.map((slice) => sliceSql(slice, dialect));
  const first = inside.map((sql, s) => `WHEN ${sql} THEN ${s}`).join(' ');
  return { sql: `SELECT k, CASE ${first} END AS s FROM ${relation.name} WHERE ${inside.join(' OR ')}` };
}

/**
 * Rows, positives, and expected positives with their variance, of each slice of a table of {@link rowsOfSlices}: `(s, n, y,
 * e, v)`. `predictions` is a table `(k, p, y)`.
 */
export function excessOfSlices(slices: string, predictions: string): Query {
  return {
    sql: `SELECT s, count(*) AS n, sum(y) AS y, ${grains('p')} AS e, ${grains('p * (1 - p)')} AS v
      FROM ${predictions} AS q JOIN ${slices} AS h ON h.k = q.k GROUP BY s ORDER BY s`,
  };
}

/** Probabilities are counted in so many stretches. A power of two, so that every engine cuts alike. */
const stretches = 2 ** 20;

/**
 * What labels say against what probabilities say, in narrow stretches of probability from the lowest up, rows of the slices
 * left out: `(n, y, e, v)`: rows, positives, expected positives and their variance.
 */
export function excessByProbability(predictions: string, slices: string | null): Query {
  return {
    sql: `SELECT count(*) AS n, sum(y) AS y, ${grains('p')} AS e, ${grains('p * (1 - p)')} AS v
      FROM ${predictions} WHERE ${outside(slices)} GROUP BY floor(p * ${stretches}) ORDER BY floor(p * ${stretches})`,
  };
}

/** The `rows` most doubted rows with a label, or all in slices. */
export type DoubtedRows =
  | { readonly in: 'slices' }
  | { readonly in: 'rest' | 'all'; readonly label: 0 | 1; readonly rows: number };

/** Rows of the groups, each once, with the place of the first group it is in, the most doubted first: `(k, y, p, g)`. */
export function doubtedRows(predictions: string, slices: string | null, groups: readonly DoubtedRows[]): Query {
  const parts = groups.map((group, g) => {
    if (group.in === 'slices')
      return `SELECT q.k AS k, q.y AS y, q.p AS p, ${g} AS place FROM ${predictions} AS q JOIN ${slices} AS h ON h.k = q.k WHERE q.y = 1`;
    const where = group.in === 'rest' ? ` AND ${outside(slices)}` : '';
    const order = group.label === 1 ? 'p' : 'p DESC';
    return `SELECT k, y, p, ${g} AS place FROM (SELECT k, y, p FROM ${predictions} WHERE y = ${group.label}${where}
      ORDER BY ${order}, k LIMIT ${group.rows})`;
  });
  return {
    sql: `SELECT k, y, p, min(place) AS g FROM (${parts.join(' UNION ALL ')}) GROUP BY k, y, p
      ORDER BY g, CASE WHEN y = 1 THEN p ELSE 1 - p END, k`,
  };
}

function outside(slices: string | null): string {
  return slices === null ? 'true' : `k NOT IN (SELECT k FROM ${slices})`;
}

/** A sum that does not depend on the order of its terms. */
function grains(value: string): string {
  return `CAST(sum(CAST(round(${value} * ${grain}) AS BIGINT)) AS DOUBLE) / ${grain}`;
}
