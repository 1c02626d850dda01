import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { doubleSql } from '../double-sql.js';
import { rowDraw } from '../row-draw.js';

/**
 * Rows of a relation drawn by their unit: those whose `draw`, a uniform DOUBLE in [0, 1), is below `share`. All rows of a
 * value of the unit have one draw, rows without a value each their own; the same whatever the order, threads or engine.
 */
export interface UnitDraw {
  readonly draw: string;
  readonly share: number;
}

/** The draw of rows by `unit`, or by themselves where it is null. */
export function unitDraw(unit: Column | null, share: number, seed: string, dialect: Dialect): UnitDraw {
  if (unit === null) return { draw: rowDraw('k', seed), share };
  const key = `coalesce('unit ' || ${dialect.asText(unit.id, unit.type)}, 'row ' || CAST(k AS VARCHAR))`;
  return { draw: dialect.uniform(seed, key), share };
}

/** The rows drawn: `(k, the columns of the relation)`. */
export function unitSample(relation: Relation, { draw, share }: UnitDraw): Query {
  const list = ['k', ...relation.columns.map((column) => column.id)].join(', ');
  return { sql: `SELECT ${list} FROM ${relation.name} WHERE ${draw} < ${doubleSql(share)}` };
}
