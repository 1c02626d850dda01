import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { presentSql } from './missing-mark.js';

/**
 * Cells of a DOUBLE column where `where` holds, each with its value times `factor`. They are drawn one value of `slice`
 * after the other, the rarest first, and at random within it; at random altogether where there is no slice.
 */
export function multipliedUnits(
  relation: Relation,
  column: Column,
  slice: Column | null,
  factor: number,
  where: string,
  seed: string,
  dialect: Dialect,
): Query {
  const uniform = dialect.uniform(seed, 'k');
  const eligible = `${relation.name} WHERE ${where} AND ${presentSql(column)}`;
  const value = `${column.id} * CAST(${factor} AS DOUBLE) AS value`;
  if (slice === null)
    return { sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${uniform} AS draw, ${value} FROM ${eligible}` };
  const sized = `SELECT k, ${column.id}, ${slice.id}, count(*) OVER (PARTITION BY ${slice.id}) AS size FROM ${eligible}`;
  const place = `dense_rank() OVER (ORDER BY size, CAST(${slice.id} AS VARCHAR) NULLS FIRST)`;
  return { sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${place} - 1 + ${uniform} AS draw, ${value} FROM (${sized})` };
}
