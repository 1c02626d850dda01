import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/**
 * About a share of the rows of a relation, all rows of a value of `unit` or none, rows without one each for itself; the
 * same ones whatever the order, threads or engine. `(k, its columns)`.
 */
export function unitSample(
  relation: Relation,
  unit: Column | null,
  share: number,
  seed: string,
  dialect: Dialect,
): Query {
  const list = ['k', ...relation.columns.map((column) => column.id)].join(', ');
  const row = `'row ' || CAST(k AS VARCHAR)`;
  const key = unit === null ? row : `coalesce('unit ' || ${dialect.asText(unit.id, unit.type)}, ${row})`;
  return { sql: `SELECT ${list} FROM ${relation.name} WHERE ${dialect.uniform(seed, key)} < ${share}` };
}
