import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** A column and an earlier one that it may repeat. */
export interface Pair {
  readonly first: Column;
  readonly second: Column;
}

/** In how many rows the texts of two columns differ, nulls equal to nulls: `(different<i>)`, one scan. */
export function unlikeCells(relation: Relation, pairs: readonly Pair[]): Query {
  const parts = pairs.map(({ first, second }, i) => {
    const [a, b] =
      first.type === second.type
        ? [first.id, second.id]
        : [`CAST(${first.id} AS VARCHAR)`, `CAST(${second.id} AS VARCHAR)`];
    return `count(*) FILTER (${a} IS DISTINCT FROM ${b}) AS different${i}`;
  });
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

/**
 * Whether the values of two columns name each other, null being a value: `(both, of_first, of_second)`, the
 * distinct pairs and the distinct values of each.
 */
export function valueMapping(relation: Relation, { first, second }: Pair): Query {
  const groups = `SELECT ${first.id} AS a, ${second.id} AS b FROM ${relation.name} GROUP BY ALL`;
  return {
    sql: `WITH pairs AS (${groups}) SELECT count(*) AS both, ${valuesOf('a')} AS of_first, ${valuesOf('b')} AS of_second FROM pairs`,
  };
}

/** Pearson's correlation of pairs of numeric columns over the rows where both are finite: `(r<i>)`, one scan. */
export function correlations(relation: Relation, pairs: readonly Pair[]): Query {
  const parts = pairs.map(({ first, second }, i) => `corr(${finite(first)}, ${finite(second)}) AS r${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

function valuesOf(side: 'a' | 'b'): string {
  return `(SELECT count(*) FROM (SELECT DISTINCT ${side} FROM pairs))`;
}

function finite({ id }: Column): string {
  return `CASE WHEN isfinite(CAST(${id} AS DOUBLE)) THEN CAST(${id} AS DOUBLE) END`;
}
