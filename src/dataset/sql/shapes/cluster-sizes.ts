import type { Dialect, Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import { unitsDrawn } from './units-drawn.js';
import { bothSides, referenceRows, type Sides } from './sides.js';

/** Rows and squared rows of the units of each side: `(side, n, squares)`; a row without unit is its own unit. */
export function clusterSizes(sides: Sides, unit: Column, dialect: Dialect): Query {
  return {
    sql: `SELECT side, CAST(sum(m) AS DOUBLE) AS n,
        CAST(sum(CASE WHEN u IS NULL THEN CAST(m AS DOUBLE) ELSE CAST(m AS DOUBLE) * m END) AS DOUBLE) AS squares
      FROM (SELECT side, u, count(*) AS m FROM ${bothSides(sides, [`${unit.id} AS u`], dialect)} GROUP BY side, u)
      GROUP BY side ORDER BY side`,
  };
}

/** Whole units drawn by hash from the reference rows, with bins of some columns: `(u, b0, b1 …)` as text. */
export function unitSample(
  sides: Sides,
  unit: Column,
  bins: readonly string[],
  share: number,
  seed: string,
  dialect: Dialect,
): Query {
  const list = bins.map((bin, i) => `, CAST(${bin} AS VARCHAR) AS b${i}`).join('');
  const all = sides.kind === 'time' ? sides.relation : sides.reference;
  const drawn = share >= 1 ? '' : ` AND ${unitsDrawn(all, unit, share, seed, dialect)}`;
  return {
    sql: `SELECT ${dialect.asText(unit.id, unit.type)} AS u${list} ${referenceRows(sides, dialect)} AND ${unit.id} IS NOT NULL${drawn}`,
  };
}
