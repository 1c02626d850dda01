import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** Keys `k` of the rows whose column says yes: true, 1, y, yes or t in any case; ascending. */
export function trustedKeys(relation: Relation, column: Column): Query {
  const text = `lower(CAST(${column.id} AS VARCHAR))`;
  return {
    sql: `SELECT k FROM ${relation.name} WHERE ${text} IN ('true', '1', '1.0', 'y', 'yes', 't') ORDER BY k`,
  };
}
