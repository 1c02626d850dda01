import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** Every column of a relation under its internal id, in key order. */
export function allRowsQuery(relation: Relation): Query {
  return { sql: `SELECT ${relation.columns.map((column) => column.id).join(', ')} FROM ${relation.name} ORDER BY k` };
}
