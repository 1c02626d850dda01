import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { presentSql } from './missing-mark.js';

/** Rows whose entity has an earlier row at least `seconds` ago, each with the other value of a column it had then. */
export function staleUnits(
  relation: Relation,
  column: Column,
  entity: Column,
  time: Column,
  seconds: number,
  seed: string,
  dialect: Dialect,
): Query {
  const moment = dialect.epoch(time.id, time.type);
  const rows = `SELECT k, ${entity.id} AS e, ${moment} AS s, ${column.id} AS v FROM ${relation.name}
    WHERE ${presentSql(column)} AND ${entity.id} IS NOT NULL AND ${time.id} IS NOT NULL`;
  return {
    sql: `SELECT r.k AS k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'r.k')} AS draw, h.v AS value
      FROM (SELECT *, s - ${seconds} AS until FROM (${rows})) AS r ASOF JOIN (${rows}) AS h ON r.e = h.e AND r.until >= h.s
      WHERE h.v <> r.v`,
  };
}
