import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** One row: least `l<i>` and greatest `h<i>` length of each list column; null where it holds no list. */
export function listLengths(relation: Relation, columns: readonly Column[]): Query {
  const parts = columns.map(({ id }, i) => `min(len(${id})) AS l${i}, max(len(${id})) AS h${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}
