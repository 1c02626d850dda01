import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { bucketSql } from './marks-by-time.js';

/** Rows and positives by time bucket: `(bucket, rows, positives, part)`, part the one most rows have (0 where not split). */
export function rowsByTime(
  relation: Relation,
  time: Column,
  seconds: number,
  label: Label | null,
  dialect: Dialect,
): Query {
  const positives = label === null ? 'CAST(NULL AS BIGINT)' : `sum(${labelSql(label, dialect)})`;
  const bucket = bucketSql(time, seconds, dialect);
  const part = relation.split ? 'part' : '0';
  return {
    sql: `SELECT bucket, sum(n) AS rows, sum(p) AS positives, arg_max(part, n * 8 - part) AS part
      FROM (SELECT ${bucket} AS bucket, ${part} AS part, count(*) AS n, ${positives} AS p
        FROM ${relation.name} WHERE ${time.id} IS NOT NULL GROUP BY ALL) GROUP BY bucket ORDER BY bucket`,
  };
}

/** Flagged rows (each counted once) by time bucket: `(bucket, n)`. */
export function flaggedByTime(
  relation: Relation,
  flagged: string,
  time: Column,
  seconds: number,
  dialect: Dialect,
): Query {
  return {
    sql: `SELECT bucket, count(*) AS n FROM (SELECT ${bucketSql(time, seconds, dialect)} AS bucket FROM ${relation.name}
      WHERE ${time.id} IS NOT NULL AND k IN (SELECT k FROM ${flagged})) GROUP BY bucket ORDER BY bucket`,
  };
}
