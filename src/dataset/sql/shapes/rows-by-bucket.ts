import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';

/** Rows of each bucket, ascending: `(bucket, n)`; `bucket` is an expression over internal ids, null rows are left out. */
export function rowsByBucket(relation: Relation, bucket: string): Query {
  return {
    sql: `SELECT bucket, count(*) AS n FROM (SELECT ${bucket} AS bucket FROM ${relation.name})
      WHERE bucket IS NOT NULL GROUP BY bucket ORDER BY bucket`,
  };
}
