import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';

/** `(k, y)` in key order: the label as INTEGER 0 or 1. */
export function givenLabels(relation: Relation, label: Label, dialect: Dialect): Query {
  return { sql: `SELECT k, ${labelSql(label, dialect)} AS y FROM ${relation.name} ORDER BY k` };
}

/** Rows `n` and positives `y` of a relation, in one row. */
export function labelTotals(relation: Relation, label: Label, dialect: Dialect): Query {
  return { sql: `SELECT count(*) AS n, coalesce(sum(${labelSql(label, dialect)}), 0) AS y FROM ${relation.name}` };
}
