import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** Rows `file, n`: rows of each file of a relation. */
export function rowsByFile(relation: Relation): Query {
  return {
    sql: `SELECT CAST((k - k % 1099511627776) / 1099511627776 AS BIGINT) AS file, count(*) AS n FROM ${relation.name} GROUP BY file ORDER BY file`,
  };
}
