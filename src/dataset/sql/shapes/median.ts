import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { numberSql, presentSql } from './missing-mark.js';

/** One row, `median`: of the numbers of a column that are none of `except`; null where there are none. */
export function medianOf(relation: Relation, column: Column, except: readonly number[], dialect: Dialect): Query {
  const apart = except.length === 0 ? '' : ` AND ${numberSql(column)} NOT IN (${except.join(', ')})`;
  const median = dialect.quantile(numberSql(column), 0.5);
  return { sql: `SELECT ${median} AS median FROM ${relation.name} WHERE ${presentSql(column)}${apart}` };
}
