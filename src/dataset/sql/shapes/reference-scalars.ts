import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { scalarSql } from './scalar.js';
import { referenceRows, type Sides } from './sides.js';

/** The reference rows, each column as DOUBLE, null for null and NaN; in no order. */
export function referenceScalars(sides: Sides, columns: readonly Column[], dialect: Dialect): Query {
  const values = columns.map((column) => `${scalarSql(column, dialect)} AS ${column.id}`).join(', ');
  return { sql: `SELECT ${values} ${referenceRows(sides, dialect)}` };
}
