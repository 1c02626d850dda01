import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import { fileOfKey } from '../row-key.js';

/** Rows `file, n`: rows of each file of a relation. */
export function rowsByFile(relation: Relation): Query {
  return {
    sql: `SELECT ${fileOfKey('k')} AS file, count(*) AS n FROM ${relation.name} GROUP BY file ORDER BY file`,
  };
}
