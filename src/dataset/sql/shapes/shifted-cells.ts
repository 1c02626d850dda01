import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { drawnUnits } from './drawn-units.js';
import { numberSql, presentSql } from './missing-mark.js';

/** Rows in which a column holds a number other than 0, each with `times` that number. */
export function multipliedCells(
  relation: Relation,
  column: Column,
  times: number,
  seed: string,
  dialect: Dialect,
): Query {
  const number = numberSql(column);
  return changed(relation, column, `${number} * ${times}`, `${number} <> 0`, seed, dialect);
}

/** Rows in which a column holds a number, each with that number and `deviations` standard deviations of the column more. */
export function spikedCells(
  relation: Relation,
  column: Column,
  deviations: number,
  seed: string,
  dialect: Dialect,
): Query {
  const number = numberSql(column);
  const sd = `(SELECT round(stddev_pop(${number}), 9) FROM ${relation.name} WHERE ${presentSql(column)})`;
  return changed(relation, column, `${number} + ${deviations} * ${sd}`, 'true', seed, dialect);
}

/** Rows in which a column holds a number, each with the number of another such row. */
export function shuffledCells(relation: Relation, column: Column, seed: string, dialect: Dialect): Query {
  const rows = `SELECT k, ${numberSql(column)} AS x, ${dialect.uniform(seed, 'k')} AS draw FROM ${relation.name} WHERE ${presentSql(column)}`;
  const around = 'OVER (ORDER BY draw, k)';
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(`${seed}/order`, 'k')} AS draw,
      CAST(coalesce(lead(x) ${around}, first_value(x) ${around}) AS ${column.type}) AS value FROM (${rows})`,
  };
}

/** A result that the type does not hold leaves the row out. */
function changed(relation: Relation, column: Column, to: string, where: string, seed: string, dialect: Dialect): Query {
  const value = `TRY_CAST(${to} AS ${column.type})`;
  return drawnUnits(relation, {
    where: `${presentSql(column)} AND ${where} AND ${value} IS NOT NULL`,
    draw: dialect.uniform(seed, 'k'),
    value,
  });
}
