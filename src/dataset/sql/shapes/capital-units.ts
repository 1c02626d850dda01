import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { drawnUnits } from './drawn-units.js';
import { presentSql } from './missing-mark.js';

/** Cells of a column of text where `where` holds and which have small letters, each with its value in capitals. */
export function capitalUnits(relation: Relation, column: Column, where: string, seed: string, dialect: Dialect): Query {
  return drawnUnits(relation, {
    where: `${where} AND ${presentSql(column)} AND upper(${column.id}) <> ${column.id}`,
    draw: dialect.uniform(seed, 'k'),
    value: `upper(${column.id})`,
  });
}
