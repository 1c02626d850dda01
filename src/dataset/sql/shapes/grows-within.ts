import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { scalarSql } from './scalar.js';
import { unitsDrawn } from './units-drawn.js';

/**
 * How closely each column follows time within the units of a sample: `r0`, `r1` …, the correlation of value and time
 * after the mean of each unit is taken from both; null where no unit repeats.
 */
export function growsWithin(
  relation: Relation,
  columns: readonly Column[],
  time: Column,
  unit: Column,
  share: number,
  seed: string,
  dialect: Dialect,
): Query {
  const drawn = share >= 1 ? '' : ` AND ${unitsDrawn(relation, unit, share, seed, dialect)}`;
  const values = columns.map((column, i) => `, ${scalarSql(column, dialect)} AS x${i}`).join('');
  const moments = columns
    .map((_, i) => {
      const moment = `CASE WHEN x${i} IS NOT NULL THEN t END`;
      const n = `count(x${i})`;
      return `, ${n} * covar_pop(x${i}, t) AS c${i}, ${n} * var_pop(x${i}) AS v${i}, ${n} * var_pop(${moment}) AS w${i}`;
    })
    .join('');
  const shares = columns.map((_, i) => `sum(c${i}) / nullif(sqrt(sum(v${i}) * sum(w${i})), 0) AS r${i}`).join(', ');
  return {
    sql: `SELECT ${shares} FROM (SELECT u${moments}
      FROM (SELECT ${unit.id} AS u, ${dialect.epoch(time.id, time.type)} AS t${values} FROM ${relation.name}
        WHERE ${unit.id} IS NOT NULL AND ${time.id} IS NOT NULL${drawn})
      GROUP BY u HAVING count(*) > 1)`,
  };
}
