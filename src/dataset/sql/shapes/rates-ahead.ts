import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { numberSql } from './missing-mark.js';
import { unitsDrawn } from './units-drawn.js';

/** Events on each side that a row needs, and prior events a rate is shrunk by. */
const least = 3;

/** What a column may know of the labels of its unit, over the rows of a share of the units. */
export interface Ahead {
  readonly columns: readonly Column[];
  readonly label: Label;
  readonly time: Column;
  readonly unit: Column;
  /** Share of units looked at, drawn by their value. */
  readonly share: number;
}

/**
 * Correlations within units (the mean of the unit taken from every variable) over rows with at least three earlier and
 * three later events, in one row: `units`, `rows`, and of each column's rank with the rate of later events `f<i>`, with
 * the rate of earlier ones `b<i>`, with the place in the unit `g<i>`; `fb`, `fg`, `bg` among these three.
 */
export function ratesAhead(relation: Relation, { columns, label, time, unit, share }: Ahead, dialect: Dialect): Query {
  const seed = 'leakage/units';
  const drawn = share >= 1 ? '' : ` AND ${unitsDrawn(relation, unit, share, seed, dialect)}`;
  const y = labelSql(label, dialect);
  const cells = columns.map((c, i) => `, ${numberSql(c)} AS v${i}`).join('');
  const rows = `SELECT ${unit.id} AS u, ${time.id} AS t, k, ${y} AS y${cells} FROM ${relation.name}
    WHERE ${unit.id} IS NOT NULL AND ${time.id} IS NOT NULL AND ${y} IS NOT NULL${drawn}`;
  const placed = `SELECT *, row_number() OVER before - 1 AS g, count(*) OVER whole AS m, sum(y) OVER before - y AS e, sum(y) OVER whole AS s
    FROM (${rows}) WINDOW before AS (PARTITION BY u ORDER BY t, k), whole AS (PARTITION BY u)`;
  const prior = `${least} * (SELECT avg(y) FROM placed)`;
  const ranks = columns.map(
    (_, i) => `, CASE WHEN v${i} IS NULL THEN 0.5 ELSE percent_rank() OVER (ORDER BY v${i}) END AS x${i}`,
  );
  const kept = `SELECT u, CAST(g AS DOUBLE) AS g, (e + ${prior}) / (g + ${least}) AS b, (s - e - y + ${prior}) / (m - g - 1 + ${least}) AS f${ranks.join('')}
    FROM placed WHERE g >= ${least} AND m - g - 1 >= ${least}`;
  const names = ['f', 'b', 'g', ...columns.map((_, i) => `x${i}`)];
  const within = names.map((name) => `${name} - avg(${name}) OVER (PARTITION BY u) AS ${name}`).join(', ');
  const pairs = columns.map((_, i) => `, corr(x${i}, f) AS f${i}, corr(x${i}, b) AS b${i}, corr(x${i}, g) AS g${i}`);
  return {
    sql: `WITH placed AS (${placed})
      SELECT count(DISTINCT u) AS units, count(*) AS rows, corr(f, b) AS fb, corr(f, g) AS fg, corr(b, g) AS bg${pairs.join('')}
      FROM (SELECT u, ${within} FROM (${kept}))`,
  };
}

/** One row: `r<i>`, the correlation over rows of each column with the rate of its unit, the row's own label included. */
export function ownRates(
  table: string,
  columns: readonly Column[],
  label: Label,
  unit: Column,
  dialect: Dialect,
): Query {
  const y = labelSql(label, dialect);
  const cells = columns.map((c, i) => `, ${numberSql(c)} AS v${i}`).join('');
  const rate = `(sum(y) OVER (PARTITION BY u) + 5 * avg(y) OVER ()) / (count(*) OVER (PARTITION BY u) + 5)`;
  const shares = columns.map((_, i) => `corr(v${i}, rate) AS r${i}`).join(', ');
  return {
    sql: `SELECT ${shares} FROM (SELECT *, ${rate} AS rate
      FROM (SELECT ${unit.id} AS u, ${y} AS y${cells} FROM ${table} WHERE ${unit.id} IS NOT NULL AND ${y} IS NOT NULL))`,
  };
}
