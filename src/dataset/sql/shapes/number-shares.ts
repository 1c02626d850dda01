import type { Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { numberSql } from './missing-mark.js';

/** One row: `s<i>` the share of the cells of each text column that hold a number, null where it holds nothing. */
export function numberShares(relation: Relation, columns: readonly Column[]): Query {
  const parts = columns.map(
    (column, i) => `CAST(count(${numberSql(column)}) AS DOUBLE) / nullif(count(${column.id}), 0) AS s${i}`,
  );
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}
