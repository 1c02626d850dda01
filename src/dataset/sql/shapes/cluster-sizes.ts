import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { unitsDrawn } from './units-drawn.js';
import { bothSides, referenceRows, relationsOf, type Sides } from './sides.js';

/** One row: `n<side>` rows and `squares<side>` squared rows of the units of each side; a row without unit is its own unit. */
export function clusterSizes(sides: Sides, unit: Column, dialect: Dialect): Query {
  return {
    sql: `SELECT CAST(sum(m0) AS DOUBLE) AS n0, ${squares('m0')} AS squares0, CAST(sum(m1) AS DOUBLE) AS n1, ${squares('m1')} AS squares1
      FROM (SELECT u, count(*) FILTER (WHERE side = 0) AS m0, count(*) FILTER (WHERE side = 1) AS m1
        FROM ${bothSides(sides, [`${unit.id} AS u`], dialect)} GROUP BY u)`,
  };
}

/** Sum of the squares of a count over units; rows without one count one by one. */
function squares(m: string): string {
  return `CAST(sum(CASE WHEN u IS NULL THEN CAST(${m} AS DOUBLE) ELSE CAST(${m} AS DOUBLE) * ${m} END) AS DOUBLE)`;
}

/** Whole units drawn by hash from the reference rows, with bins of some columns: `(u, b0, b1 …)`, hashes of what they are. */
export function unitSample(
  sides: Sides,
  unit: Column,
  bins: readonly string[],
  share: number,
  seed: string,
  dialect: Dialect,
): Query {
  const list = bins.map((bin, i) => `, ${dialect.rowHash([bin])} AS b${i}`).join('');
  const [all] = relationsOf(sides);
  const drawn = share >= 1 ? '' : ` AND ${unitsDrawn(all, unit, share, seed, dialect)}`;
  return {
    sql: `SELECT ${dialect.rowHash([unit.id])} AS u${list} ${referenceRows(sides, dialect)} AND ${unit.id} IS NOT NULL${drawn}`,
  };
}
