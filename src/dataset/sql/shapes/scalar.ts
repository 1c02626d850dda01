import type { Dialect } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { isNumeric, typeKind } from '../type-kinds.js';
import { nullSql, numberSql } from './missing-mark.js';

/** True where values have an order and a distance: numbers and moments. */
export function isScalar(column: Column): boolean {
  return isNumeric(column.type) || typeKind(column.type) === 'time';
}

/** A number or moment (in seconds) as DOUBLE, null for null and NaN. */
export function scalarSql(column: Column, dialect: Dialect): string {
  if (typeKind(column.type) === 'time') return dialect.epoch(column.id, column.type);
  return typeKind(column.type) === 'float'
    ? `CASE WHEN ${nullSql(column)} THEN NULL ELSE ${numberSql(column)} END`
    : numberSql(column);
}
