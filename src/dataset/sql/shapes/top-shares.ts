import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/**
 * How much of each column is one value, in one scan: `(rows, n<i>, single<i>, top<i>)`, `i` the position in `columns`.
 * `n` counts present cells, `single` tells whether they are all equal, `top` counts those equal to the value that is
 * most frequent in `sample`, a table of some of its rows.
 */
export function topShares(relation: Relation, columns: readonly Column[], sample: string): Query {
  const modes = columns.map(({ id }, i) => `mode(${id}) AS m${i}`).join(', ');
  const parts = columns.map(
    ({ id }, i) =>
      `count(t.${id}) AS n${i}, coalesce(min(t.${id}) = max(t.${id}), false) AS single${i}, count(*) FILTER (t.${id} = s.m${i}) AS top${i}`,
  );
  return {
    sql: `SELECT count(*) AS rows, ${parts.join(', ')} FROM ${relation.name} AS t, (SELECT ${modes} FROM ${sample}) AS s`,
  };
}
