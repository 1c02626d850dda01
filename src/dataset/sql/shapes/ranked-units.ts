import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { presentSql } from './missing-mark.js';

/**
 * Rows in which `column` holds a value (all rows where it is null), drawn by their place on the circle of time (or of file order): the nearer to a
 * centre in [0, 1), the earlier, so that a dose is one unbroken stretch. `(k, copy, draw)`, draw in [0, .5].
 */
export function stretchUnits(relation: Relation, column: Column | null, time: Column | null, centre: number): Query {
  const where = column === null ? '' : ` WHERE ${presentSql(column)}`;
  const order = time === null ? 'k' : `${time.id}, k`;
  const away = `abs((row_number() OVER (ORDER BY ${order}) - 1) / CAST(count(*) OVER () AS DOUBLE) - ${centre})`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, least(away, 1 - away) AS draw
      FROM (SELECT k, ${away} AS away FROM ${relation.name}${where})`,
  };
}

/**
 * Rows in which `column` holds a value, drawn with weight `heavy` in the upper half of `driver` (above its median; for
 * text by alphabet) and 1 in the lower. `(k, copy, draw)`.
 */
export function halfWeightedUnits(
  relation: Relation,
  column: Column,
  driver: Column,
  heavy: number,
  seed: string,
  dialect: Dialect,
): Query {
  const draw = `(-ln(1 - ${dialect.uniform(seed, 'k')}) / CASE WHEN place > 0.5 THEN ${heavy} ELSE 1 END)`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${draw} AS draw
      FROM (SELECT k, percent_rank() OVER (ORDER BY ${driver.id} NULLS FIRST) AS place
        FROM ${relation.name} WHERE ${presentSql(column)})`,
  };
}

/**
 * The rows of the commonest value of `column`, drawn by their place in time among each other: the nearer to a centre in [0, 1], the earlier, so
 * that a dose is one unbroken stretch. `(k, copy, draw)`.
 */
export function commonestValueUnits(relation: Relation, column: Column, time: Column, centre: number): Query {
  const commonest = `SELECT ${column.id} FROM ${relation.name} WHERE ${presentSql(column)} AND ${time.id} IS NOT NULL
    GROUP BY ${column.id} ORDER BY count(*) DESC, ${column.id} LIMIT 1`;
  const place = `(row_number() OVER (ORDER BY ${time.id}, k) - 1) / CAST(count(*) OVER () AS DOUBLE)`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, abs(${place} - ${centre}) AS draw FROM ${relation.name}
      WHERE ${column.id} = (${commonest}) AND ${time.id} IS NOT NULL`,
  };
}
