import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { weightedDraw } from './drawn-units.js';
import { presentSql } from './missing-mark.js';

/** What a comparison of positions reads. */
export interface Shown {
  readonly relation: Relation;
  readonly position: Column;
  readonly label: Label;
}

function usable({ position, label }: Shown, dialect: Dialect): string {
  return `${presentSql(position)} AND ${labelSql(label, dialect)} IS NOT NULL`;
}

/** Rows and positives of each position, ascending: `(x, n, y)`. */
export function positionRates(shown: Shown, dialect: Dialect): Query {
  return {
    sql: `SELECT CAST(${shown.position.id} AS DOUBLE) AS x, count(*) AS n, CAST(sum(${labelSql(shown.label, dialect)}) AS BIGINT) AS y
      FROM ${shown.relation.name} WHERE ${usable(shown, dialect)} GROUP BY x ORDER BY x`,
  };
}

/** Rows and positives of each position of each stratum: a subquery `(s, x, n, y)`; one stratum where there is no column. */
function cellsSql(shown: Shown, stratum: Column | null, dialect: Dialect): string {
  const s = stratum === null ? '0' : stratum.id;
  const held = stratum === null ? '' : ` AND ${stratum.id} IS NOT NULL`;
  return `SELECT ${s} AS s, CAST(${shown.position.id} AS DOUBLE) AS x, CAST(count(*) AS DOUBLE) AS n, CAST(sum(${labelSql(shown.label, dialect)}) AS DOUBLE) AS y
    FROM ${shown.relation.name} WHERE ${usable(shown, dialect)}${held} GROUP BY s, x`;
}

/**
 * Mantel's trend of the label over positions within strata, in one row: `t`, the sum of (x - mean of x)(y - mean of y), and its variance `v`
 * where labels are dealt at random within each stratum; `whole` is that variance where all rows are one stratum, `strata` their number,
 * and `moved` how unequal the mean positions of strata are (chi-square).
 */
export function trendWithin(shown: Shown, stratum: Column | null, dialect: Dialect): Query {
  const sums = `SELECT s, sum(n) AS n, sum(y) AS y, sum(n * x) AS sx, sum(n * x * x) AS sxx, sum(y * x) AS sxy FROM cells GROUP BY s`;
  return {
    sql: `WITH cells AS (${cellsSql(shown, stratum, dialect)}), strata AS (${sums}),
      every AS (SELECT sum(n) AS n, sum(y) AS y, sum(sx) AS sx, sum(sxx) AS sxx FROM strata)
      SELECT count(*) AS strata, sum(strata.sxy - strata.y * strata.sx / strata.n) AS t,
        sum(CASE WHEN strata.n > 1 THEN strata.y * (strata.n - strata.y) / (strata.n * (strata.n - 1)) * (strata.sxx - strata.sx * strata.sx / strata.n) ELSE 0 END) AS v,
        any_value(every.y * (every.n - every.y) / nullif(every.n * (every.n - 1), 0) * (every.sxx - every.sx * every.sx / every.n)) AS whole,
        sum(strata.n * power(strata.sx / strata.n - every.sx / every.n, 2)) / nullif(any_value((every.sxx - every.sx * every.sx / every.n) / every.n), 0) AS moved
      FROM strata, every`,
  };
}

/** Sum of the squares of that trend's terms, summed within each user first: `(v)`, its variance where rows of a user depend. */
export function trendByUser(shown: Shown, stratum: Column | null, user: Column, dialect: Dialect): Query {
  const y = labelSql(shown.label, dialect);
  const s = stratum === null ? '0' : stratum.id;
  const means = `SELECT s, sum(n * x) / sum(n) AS mx, sum(y) / sum(n) AS my FROM (${cellsSql(shown, stratum, dialect)}) GROUP BY s`;
  return {
    sql: `SELECT sum(term * term) AS v FROM (SELECT sum((x - mx) * (y - my)) AS term
      FROM (SELECT ${s} AS s, ${user.id} AS u, CAST(${shown.position.id} AS DOUBLE) AS x, ${y} AS y FROM ${shown.relation.name} WHERE ${usable(shown, dialect)}) AS r
      JOIN (${means}) AS m ON m.s = r.s GROUP BY u)`,
  };
}

/**
 * Rate of each position over that of position `first`, of the same strata (Mantel and Haenszel): `(x, ratio, variance)`, the variance of the
 * logarithm (Greenland and Robins 1985).
 */
export function ratiosWithin(shown: Shown, stratum: Column | null, first: number, dialect: Dialect): Query {
  const m = '(a.n + b.n)';
  return {
    sql: `WITH cells AS (${cellsSql(shown, stratum, dialect)})
      SELECT x, r / nullif(q, 0) AS ratio, w / nullif(r * q, 0) AS variance FROM (
        SELECT a.x AS x, sum(a.y * b.n / ${m}) AS r, sum(b.y * a.n / ${m}) AS q,
          sum(((a.y + b.y) * a.n * b.n - a.y * b.y * ${m}) / (${m} * ${m})) AS w
        FROM cells AS a JOIN cells AS b ON b.s = a.s AND b.x = ${first} WHERE a.x > ${first} GROUP BY a.x) ORDER BY x`,
  };
}

/** Positives below the first position, the lower the likelier to come first, as where what stands low is seldom looked at. */
export function unseenPositives(
  { relation, position, label }: Shown,
  fall: number,
  seed: string,
  dialect: Dialect,
): Query {
  const first = `(SELECT min(${position.id}) FROM ${relation.name} WHERE ${presentSql(position)})`;
  const below = `CAST(${position.id} - ${first} AS DOUBLE)`;
  const draw = weightedDraw(seed, `(1 - power(${fall}, ${below}))`, dialect);
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${draw} AS draw FROM ${relation.name}
      WHERE ${presentSql(position)} AND ${position.id} > ${first} AND coalesce(${labelSql(label, dialect)} = 1, false)`,
  };
}

/** Rows with the position that their item has when items are ordered by their rate, the best on top. */
export function placedByRate(
  { relation, position, label }: Shown,
  item: Column,
  seed: string,
  dialect: Dialect,
): Query {
  const rates = `SELECT ${item.id} AS i, percent_rank() OVER (ORDER BY avg(${labelSql(label, dialect)}) DESC, ${item.id}) AS place
    FROM ${relation.name} WHERE ${item.id} IS NOT NULL GROUP BY ${item.id}`;
  const ends = `SELECT min(${position.id}) AS low, max(${position.id}) AS high FROM ${relation.name} WHERE ${presentSql(position)}`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'k')} AS draw,
        CAST(ends.low + floor(place * (ends.high - ends.low + 1) * 0.999999) AS ${position.type}) AS value
      FROM ${relation.name} AS r JOIN (${rates}) AS p ON p.i = r.${item.id}, (${ends}) AS ends`,
  };
}
