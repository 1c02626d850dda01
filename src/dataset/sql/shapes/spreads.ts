import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { numberSql, presentSql } from './missing-mark.js';

/** One row: `n<i>` numbers of each column, and quantiles `a<i>` (.01), `b<i>` (.25), `c<i>` (.5), `d<i>` (.75), `e<i>` (.99); `l<i>` the lowest. */
export function spreads(table: string, columns: readonly Column[], dialect: Dialect): Query {
  const levels = { a: 0.01, b: 0.25, c: 0.5, d: 0.75, e: 0.99 };
  const parts = columns.flatMap((column, i) => {
    const x = `CASE WHEN ${finiteSql(column)} THEN ${numberSql(column)} END`;
    const at = Object.entries(levels).map(([name, q]) => `${dialect.quantile(x, q)} AS ${name}${i}`);
    return [`count(${x}) AS n${i}`, `min(${x}) AS l${i}`, ...at];
  });
  return { sql: `SELECT ${parts.join(', ')} FROM ${table}` };
}

/** Where and how far a cell of a column lies from the rest. */
export interface Yardstick {
  readonly column: Column;
  /** Distances are taken between logarithms. */
  readonly log: boolean;
  /** Median and robust standard deviation, on that scale. */
  readonly centre: number;
  readonly sd: number;
}

/** |x - centre| / sd of a cell, 0 where there is no finite number (or none above 0 on a log scale). */
export function distanceSql({ column, log, centre, sd }: Yardstick): string {
  const x = log ? `ln(CASE WHEN ${numberSql(column)} > 0 THEN ${numberSql(column)} END)` : numberSql(column);
  return `coalesce(CASE WHEN ${finiteSql(column)} THEN round(abs(${x} - (${centre})) / ${sd}, 9) END, 0)`;
}

function finiteSql(column: Column): string {
  return `(${presentSql(column)} AND isfinite(${numberSql(column)}))`;
}

/**
 * `(place, n, near, q, end)`: of each column the distances that are not 0, and their quantiles .9, .99 and .999; null where
 * there are none.
 */
export function farDistances(table: string, yardsticks: readonly Yardstick[], dialect: Dialect): Query {
  const parts = yardsticks.map((y, i) => {
    const at = { near: 0.9, q: 0.99, end: 0.999 };
    const quantiles = Object.entries(at).map(([name, q]) => `${dialect.quantile('z', q)} AS ${name}`);
    return `SELECT ${i} AS place, count(*) AS n, ${quantiles.join(', ')} FROM (SELECT ${distanceSql(y)} AS z FROM ${table}) WHERE z > 0`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** The largest distance of each row over its columns: `(k, z)`. */
export function rowDistances(table: string, yardsticks: readonly Yardstick[]): Query {
  return { sql: `SELECT k, greatest(0, ${yardsticks.map(distanceSql).join(', ')}) AS z FROM ${table}` };
}

/** A yardstick of a column, and the distance on it from which on a cell is far. */
export interface FarLimit {
  readonly yardstick: Yardstick;
  readonly limit: number;
}

/** `k` and the measured columns of the rows that hold a cell farther out than its limit: few, so that these can be read column by column. */
export function farRows(table: string, limits: readonly FarLimit[]): Query {
  const columns = limits.map(({ yardstick }) => yardstick.column.id);
  const far = limits.map(({ yardstick, limit }) => `${distanceSql(yardstick)} > ${limit}`);
  return { sql: `SELECT ${['k', ...columns].join(', ')} FROM ${table} WHERE ${far.join(' OR ')}` };
}

/** Cells farther out than their limits in the form of `Flagged`, one scan a column of a table of {@link farRows}. */
export function farCells(table: string, limits: readonly FarLimit[], code: string, dialect: Dialect): Query {
  const parts = limits.map(({ yardstick, limit }) => {
    const text = `CAST(${yardstick.column.id} AS VARCHAR)`;
    return `SELECT k, ${dialect.text(code)} AS code, ${dialect.text(yardstick.column.name)} AS column_name,
      round(z / (z + ${limit}), 12) AS score, CAST(NULL AS VARCHAR) AS suggestion,
      '{"value":"' || value || '","distance":' || CAST(round(z, 2) AS VARCHAR) || '}' AS args
      FROM (SELECT k, ${text} AS value, ${distanceSql(yardstick)} AS z FROM ${table}) WHERE z > ${limit}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** Far cells of each column of a table of {@link farCells}, most first: `(column_name, n, different)`, `different` values. */
export function farByColumn(table: string): Query {
  return {
    sql: `SELECT column_name, count(*) AS n, count(DISTINCT args) AS different FROM ${table}
      GROUP BY column_name ORDER BY n DESC, column_name`,
  };
}
