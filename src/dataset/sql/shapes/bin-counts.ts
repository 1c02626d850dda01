import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { doubleSql } from '../double-sql.js';
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
  return `CASE WHEN ${value} <= ${doubleSql(edges[middle]!)} THEN ${left} ELSE ${right} END`;
}

/**
 * Rows by side, column and bin, all columns in one scan: one row a side, `(side, n<i>, h<i>_<j>)`, for the i-th of `cuts`
 * its null and NaN cells and the rows of its bin j.
 */
export function binCounts(sides: Sides, cuts: readonly Cut[], dialect: Dialect): Query {
  const values = cuts.map(({ column }, i) => `${scalarSql(column, dialect)} AS v${i}`);
  const lists = cuts.map(
    ({ edges }, i) => `count(*) - count(v${i}) AS n${i}, ${dialect.histogram(`v${i}`, edges)} AS h${i}`,
  );
  const counts = cuts.flatMap(({ edges }, i) => [
    `n${i}`,
    ...Array.from({ length: edges.length + 1 }, (_, j) => `coalesce(h${i}[${j + 1}], 0) AS h${i}_${j}`),
  ]);
  return {
    sql: `SELECT side, ${counts.join(', ')} FROM (SELECT side, ${lists.join(', ')}
      FROM ${bothSides(sides, values, dialect)} GROUP BY side) ORDER BY side`,
  };
}
