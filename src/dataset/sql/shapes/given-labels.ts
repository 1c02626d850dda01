import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { sliceSql, type Slice } from './hot-cells.js';

/** `(k, y, hot)` in key order: label as INTEGER 0 or 1, and whether the row lies in one of the slices. */
export function givenLabels(relation: Relation, label: Label, slices: readonly Slice[], dialect: Dialect): Query {
  const hot = slices.length === 0 ? 'false' : slices.map((slice) => sliceSql(slice, dialect)).join(' OR ');
  return { sql: `SELECT k, ${labelSql(label, dialect)} AS y, (${hot}) AS hot FROM ${relation.name} ORDER BY k` };
}

/** Rows `n` and positives `y` of a relation, in one row. */
export function labelTotals(relation: Relation, label: Label, dialect: Dialect): Query {
  return { sql: `SELECT count(*) AS n, coalesce(sum(${labelSql(label, dialect)}), 0) AS y FROM ${relation.name}` };
}
