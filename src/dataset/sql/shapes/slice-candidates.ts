import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** The value whose share of rows is closest to `share`: `(column, value)`, the column by place; ties by place and text. */
export function sliceCandidates(relation: Relation, columns: readonly Column[], share: number): Query {
  const parts = columns.map(
    ({ id }, place) =>
      `SELECT ${place} AS "column", CAST(${id} AS VARCHAR) AS value, count(*) AS n FROM ${relation.name}
        WHERE ${id} IS NOT NULL GROUP BY ${id}`,
  );
  const wanted = share * relation.rows;
  return {
    sql: `SELECT "column", value FROM (${parts.join(' UNION ALL ')}) ORDER BY abs(n - ${wanted}), "column", value LIMIT 1`,
  };
}
