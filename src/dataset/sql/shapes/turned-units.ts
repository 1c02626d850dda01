import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { drawnUnits } from './drawn-units.js';
import { presentSql } from './missing-mark.js';

/** Rows of the last `share` of a relation in time (and rows of other relations after that moment). */
export function isLateSql(relation: Relation, time: Column, share: number, dialect: Dialect): string {
  const moment = dialect.epoch(time.id, time.type);
  const from = `(SELECT ${dialect.quantile(moment, 1 - share)} FROM ${relation.name} WHERE ${time.id} IS NOT NULL)`;
  return `coalesce(${moment} >= ${from}, false)`;
}

/** Cells of a numeric column where `where` holds, each with its value mirrored at the column's median. */
export function mirroredUnits(
  relation: Relation,
  column: Column,
  where: string,
  seed: string,
  dialect: Dialect,
): Query {
  const middle = `(SELECT ${dialect.quantile(column.id, 0.5)} FROM ${relation.name} WHERE ${presentSql(column)})`;
  return drawnUnits(relation, {
    where: `${where} AND ${presentSql(column)}`,
    draw: dialect.uniform(seed, 'k'),
    value: `TRY_CAST(2 * ${middle} - ${column.id} AS ${column.type})`,
  });
}

/** Cells of a column where `where` holds, each with the value of another of these rows, drawn at random. */
export function exchangedUnits(
  relation: Relation,
  column: Column,
  where: string,
  seed: string,
  dialect: Dialect,
): Query {
  const rows = `SELECT k, ${column.id} AS v, row_number() OVER (ORDER BY k) AS place,
      row_number() OVER (ORDER BY ${dialect.uniform(`${seed}/other`, 'k')}, k) AS other
    FROM ${relation.name} WHERE ${where} AND ${presentSql(column)}`;
  return {
    sql: `SELECT a.k AS k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'a.k')} AS draw, b.v AS value
      FROM (${rows}) AS a JOIN (${rows}) AS b ON b.place = a.other`,
  };
}
