import type { Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';

/** One row: `rows` with a label and `positives` among them. */
export function labelCounts(relation: Relation, label: Label): Query {
  const y = labelSql(label);
  return { sql: `SELECT count(${y}) AS rows, count(*) FILTER (WHERE ${y} = 1) AS positives FROM ${relation.name}` };
}
