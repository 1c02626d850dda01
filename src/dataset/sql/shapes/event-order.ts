import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { drawnUnits } from './drawn-units.js';
import { timeSpan } from './marks-by-time.js';
import { momentSql } from './moment.js';

/** Rows of a file in its own order, of all rows or of each user, with the time of the three rows before and after. */
export interface FileOrder {
  readonly relation: Relation;
  readonly time: Column;
  /** Null where the file as a whole is looked at. */
  readonly user: Column | null;
  /** Seconds by which rows may be out of order. */
  readonly jitter: number;
}

/** Median of the columns `<name>1`, `<name>2`, `<name>3`; null where the third is. */
function medianSql(name: string): string {
  const [a, b, c] = [1, 2, 3].map((i) => `${name}${i}`);
  return `CASE WHEN ${c} IS NULL THEN NULL ELSE greatest(least(${a}, ${b}), least(greatest(${a}, ${b}), ${c})) END`;
}

/**
 * A subquery `(k, away)`: how many seconds it lies outside of its
 * neighbours, 0 inside. Its neighbours are the medians of the three rows before and of the three after, so that one wrong
 * row does not accuse the others, and where these two contradict each other nothing is said.
 */
function placed({ relation, time, user }: FileOrder, dialect: Dialect): string {
  const partition = user === null ? '' : `PARTITION BY ${user.id} `;
  const known = `${time.id} IS NOT NULL${user === null ? '' : ` AND ${user.id} IS NOT NULL`}`;
  const around = [1, 2, 3].map((i) => `lag(t, ${i}) OVER o AS a${i}, lead(t, ${i}) OVER o AS b${i}`).join(', ');
  return `(SELECT k,
      CASE WHEN low > high OR low IS NULL OR high IS NULL THEN 0 WHEN t < low THEN low - t WHEN t > high THEN t - high ELSE 0 END AS away
    FROM (SELECT *, ${medianSql('a')} AS low, ${medianSql('b')} AS high FROM (
      SELECT k, t, ${around} FROM (SELECT k, ${user?.id ?? 'k'}, ${dialect.epoch(time.id, time.type)} AS t FROM ${relation.name} WHERE ${known})
      WINDOW o AS (${partition}ORDER BY k))))`;
}

/** How far a file is in the order of its time, in one row: `n`, `back` (rows earlier than the one before). */
export function backCounts({ relation, time, user }: FileOrder): Query {
  const partition = user === null ? '' : `PARTITION BY ${user.id} `;
  const known = `${time.id} IS NOT NULL${user === null ? '' : ` AND ${user.id} IS NOT NULL`}`;
  return {
    sql: `SELECT count(*) AS n, count(*) FILTER (WHERE ${time.id} < before) AS back
      FROM (SELECT ${time.id}, lag(${time.id}) OVER (${partition}ORDER BY k) AS before FROM ${relation.name} WHERE ${known})`,
  };
}

/** Rows out of place, in one row: `away` of them, and by how many seconds half of them are (`typical`). */
export function orderCounts(order: FileOrder, dialect: Dialect): Query {
  return {
    sql: `SELECT count(*) FILTER (WHERE away > ${order.jitter}) AS away,
      median(away) FILTER (WHERE away > ${order.jitter}) AS typical FROM ${placed(order, dialect)}`,
  };
}

/** The rows out of place: a subquery with `k` and `away` in seconds. */
export function outOfPlace(order: FileOrder, dialect: Dialect): string {
  return `(SELECT k, away FROM ${placed(order, dialect)} WHERE away > ${order.jitter})`;
}

/** Rows that share their moment with other rows of their user, and all rows of users with a moment: `(n, tied)`. */
export function tieCounts(relation: Relation, user: Column, time: Column): Query {
  return {
    sql: `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS n, CAST(coalesce(sum(n) FILTER (WHERE n > 1), 0) AS BIGINT) AS tied
      FROM (SELECT count(*) AS n FROM ${relation.name} WHERE ${user.id} IS NOT NULL AND ${time.id} IS NOT NULL GROUP BY ${user.id}, ${time.id})`,
  };
}

/** Those rows: a subquery with `k` and `others`, how many share the moment. */
export function tiedRows(relation: Relation, user: Column, time: Column): string {
  return `(SELECT k, others FROM (SELECT k, count(*) OVER (PARTITION BY ${user.id}, ${time.id}) - 1 AS others
    FROM ${relation.name} WHERE ${user.id} IS NOT NULL AND ${time.id} IS NOT NULL) WHERE others > 0)`;
}

/** Rows with a moment that is wrong by a tenth to four tenths of the span of the file, before or after, never outside of it. */
export function misdatedUnits(relation: Relation, time: Column, seed: string, dialect: Dialect): Query {
  const moment = dialect.epoch(time.id, time.type);
  const span = timeSpan(relation, time, dialect).sql;
  const by = `(0.1 + 0.3 * ${dialect.uniform(`${seed}/by`, 'k')}) * (high - low)`;
  const wrong = `CASE WHEN ${moment} < (low + high) / 2 THEN ${moment} + ${by} ELSE ${moment} - ${by} END`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, ${dialect.uniform(seed, 'k')} AS draw, ${momentSql(wrong, time)} AS value
      FROM ${relation.name}, (${span}) AS ends WHERE ${time.id} IS NOT NULL AND high > low`,
  };
}

/** Rows with the moment of the event that their user had before. */
export function mergedMoments(relation: Relation, user: Column, time: Column, seed: string, dialect: Dialect): Query {
  const before = `lag(${time.id}) OVER (PARTITION BY ${user.id} ORDER BY ${time.id}, k)`;
  const known = `SELECT k, ${before} AS before, ${time.id} AS now FROM ${relation.name} WHERE ${user.id} IS NOT NULL AND ${time.id} IS NOT NULL`;
  const drawn = drawnUnits(
    { ...relation, name: `(${known})` },
    { where: 'before < now', draw: dialect.uniform(seed, 'k'), value: 'before' },
  );
  return drawn;
}
