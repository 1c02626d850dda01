import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { sampleWhere } from './sample-where.js';
import { scalarSql } from './scalar.js';
import { referenceRows, type Sides } from './sides.js';

/** About `wanted` of the `rows` reference rows, each column as DOUBLE, null for null and NaN; in no order. */
export function scalarSample(
  sides: Sides,
  columns: readonly Column[],
  rows: number,
  wanted: number,
  seed: string,
  dialect: Dialect,
): Query {
  const values = columns.map((column) => `${scalarSql(column, dialect)} AS ${column.id}`).join(', ');
  return { sql: `SELECT ${values} ${referenceRows(sides, dialect)} AND ${sampleWhere(rows, wanted, seed, dialect)}` };
}
