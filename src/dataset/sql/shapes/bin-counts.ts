import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { scalarSql } from './scalar.js';
import { bothSides, type Sides } from './sides.js';

/** How a column of numbers is cut: a value's bin is the number of edges below it. */
export interface Cut {
  readonly column: Column;
  /** Ascending, finite. */
  readonly edges: readonly number[];
}

/** The bin of null and NaN. */
export const nullBin = -1;

/** A bin number as SQL, {@link nullBin} for null and NaN: a search tree of comparisons, three or four a row. */
export function binSql({ column, edges }: Cut, dialect: Dialect): string {
  const value = scalarSql(column, dialect);
  return `CASE WHEN ${value} IS NULL THEN ${nullBin} ELSE ${tree(value, edges, 0, edges.length)} END`;
}

function tree(value: string, edges: readonly number[], low: number, high: number): string {
  if (low === high) return String(low);
  const middle = (low + high) >>> 1;
  const [left, right] = [tree(value, edges, low, middle), tree(value, edges, middle + 1, high)];
  return `CASE WHEN ${value} <= ${edges[middle]} THEN ${left} ELSE ${right} END`;
}

/** Rows by column, side and bin, all columns in one scan: `(place, side, bin, n)`, place the position among `cuts`. */
export function binCounts(sides: Sides, cuts: readonly Cut[], dialect: Dialect): Query {
  const bins = cuts.map((cut, i) => `${binSql(cut, dialect)} AS b${i}`);
  const place = cuts.map((_, i) => `WHEN grouping(b${i}) = 0 THEN ${i}`).join(' ');
  const bin = cuts.map((_, i) => `WHEN grouping(b${i}) = 0 THEN b${i}`).join(' ');
  const sets = cuts.map((_, i) => `(side, b${i})`).join(', ');
  return {
    sql: `SELECT CASE ${place} END AS place, side, CASE ${bin} END AS bin, count(*) AS n
      FROM ${bothSides(sides, bins, dialect)} GROUP BY GROUPING SETS (${sets}) ORDER BY place, side, bin`,
  };
}
