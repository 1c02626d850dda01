import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { sampleWhere } from './sample-where.js';
import { isScalar, scalarSql } from './scalar.js';
import { isCurrentSql, referenceRows, type Sides } from './sides.js';

/** True where a column is looked at as numbers: numbers, moments, and lists by their length. */
export function isMeasured(column: Column): boolean {
  return isScalar(column) || column.type.endsWith('[]');
}

/**
 * About `wanted` of the `rows` rows of one side, in no order: numbers and moments as DOUBLE (NaN as null), lists as their
 * length, everything else as text.
 */
export function portraitSample(
  sides: Sides,
  side: 'reference' | 'current',
  columns: readonly Column[],
  rows: number,
  wanted: number,
  dialect: Dialect,
): Query {
  const values = columns.map((column) => `${cellSql(column, dialect)} AS ${column.id}`).join(', ');
  const from = side === 'reference' ? referenceRows(sides, dialect) : currentRows(sides, dialect);
  return { sql: `SELECT ${values} ${from} AND ${sampleWhere(rows, wanted, 'portrait')}` };
}

function cellSql(column: Column, dialect: Dialect): string {
  if (isScalar(column)) return scalarSql(column, dialect);
  return column.type.endsWith('[]') ? `CAST(len(${column.id}) AS DOUBLE)` : `CAST(${column.id} AS VARCHAR)`;
}

function currentRows(sides: Sides, dialect: Dialect): string {
  if (sides.kind === 'relations') return `FROM ${sides.current.name} WHERE true`;
  return `FROM ${sides.relation.name} WHERE ${isCurrentSql(sides, dialect)}`;
}
