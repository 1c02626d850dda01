import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Exact number of distinct values of each column, nulls apart: `(place, n)`, `place` the position in `columns`. */
export function distinctCounts(relation: Relation, columns: readonly Column[]): Query {
  const parts = columns.map(
    ({ id }, i) =>
      `SELECT ${i} AS place, count(*) AS n FROM (SELECT DISTINCT ${id} FROM ${relation.name} WHERE ${id} IS NOT NULL)`,
  );
  return { sql: `${parts.join(' UNION ALL ')} ORDER BY place` };
}
