import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { presentSql } from './missing-mark.js';

/** One row: `q<i>_<j>`, the j-th of the quantiles `at` of the i-th numeric column, nulls and NaN left out. */
export function quantilesOf(
  relation: Relation,
  columns: readonly Column[],
  at: readonly number[],
  dialect: Dialect,
): Query {
  const parts = columns.flatMap((column, i) =>
    at.map((q, j) => `round(${dialect.quantile(column.id, q)} FILTER (WHERE ${presentSql(column)}), 6) AS q${i}_${j}`),
  );
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}
