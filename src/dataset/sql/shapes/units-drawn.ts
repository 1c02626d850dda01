import type { Dialect } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/**
 * A condition that keeps the rows of whole units, a share of them, drawn by their own value. A digest is dear, so it is
 * taken once a unit, not once a row; the `min` of equal values keeps engines from moving it back before the grouping.
 */
export function unitsDrawn(relation: Relation, unit: Column, share: number, seed: string, dialect: Dialect): string {
  const drawn = `${dialect.uniform(seed, `min(${unit.id})`)} < ${share}`;
  return `${unit.id} IN (SELECT min(${unit.id}) FROM ${relation.name} GROUP BY ${unit.id} HAVING ${drawn})`;
}
