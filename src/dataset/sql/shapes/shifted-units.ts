import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { drawnUnits } from './drawn-units.js';
import { presentSql } from './missing-mark.js';

/** Cells of a column where `where` holds, each with its value plus `distance`, whole in whole-number columns. */
export function shiftedUnits(
  relation: Relation,
  column: Column,
  distance: number,
  where: string,
  seed: string,
  dialect: Dialect,
): Query {
  const isWhole = column.type.endsWith('INT') || column.type.endsWith('INTEGER');
  const by = isWhole ? Math.max(1, Math.round(distance)) : distance;
  return drawnUnits(relation, {
    where: `${where} AND ${presentSql(column)}`,
    draw: dialect.uniform(seed, 'k'),
    value: `CAST(${column.id} + ${by} AS ${column.type})`,
  });
}
