import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { drawnUnits } from './drawn-units.js';
import { timeSpan } from './marks-by-time.js';
import { momentSql } from './moment.js';

/**
 * One row a user: `(u, n, labelled, y, low, high, evenness)`, u as text. Evenness is the variance of the user's moments over that
 * of as many moments at one fixed interval: 1 where the interval is fixed, and seldom near it elsewhere; null without times.
 */
export function userActivity(
  relation: Relation,
  user: Column,
  label: Label,
  time: Column | null,
  dialect: Dialect,
): Query {
  const y = labelSql(label, dialect);
  const moment = time === null ? 'CAST(NULL AS DOUBLE)' : dialect.epoch(time.id, time.type);
  return {
    sql: `SELECT ${dialect.asText(user.id, user.type)} AS u, count(*) AS n, count(${y}) AS labelled, CAST(coalesce(sum(${y}), 0) AS BIGINT) AS y,
        min(${moment}) AS low, max(${moment}) AS high,
        12 * var_pop(${moment}) * power(greatest(count(${moment}) - 1, 1), 2)
          / nullif(power(max(${moment}) - min(${moment}), 2) * (power(count(${moment}), 2) - 1), 0) AS evenness
      FROM ${relation.name} WHERE ${user.id} IS NOT NULL GROUP BY u`,
  };
}

/**
 * Sums over users `(users, n, y, pairs, hits)`: pairs of rows and pairs of positives, each user's divided by its rows, so that no single
 * user outweighs the others.
 */
export function activitySums(activity: string): Query {
  return {
    sql: `SELECT count(*) AS users, CAST(sum(labelled) AS DOUBLE) AS n, CAST(sum(y) AS DOUBLE) AS y,
        CAST(sum(greatest(labelled - 1, 0)) AS DOUBLE) AS pairs,
        sum(CASE WHEN labelled > 0 THEN CAST(y AS DOUBLE) * (y - 1) / labelled ELSE 0 END) AS hits
      FROM ${activity}`,
  };
}

/**
 * Users whose positives a binomial of rate `q` could hardly reach, by the lower bound exp(-n KL) / sqrt(2 n) of its tail (Ash 1965): none
 * with a tail below `alpha` is left out. `(u, n, y)`, at most `limit`, the least likely first.
 */
export function eagerUsers(activity: string, q: number, alpha: number, limit: number): Query {
  const f = '(CAST(y AS DOUBLE) / labelled)';
  const rest = `CASE WHEN y = labelled THEN 0 ELSE (labelled - y) * ln((1 - ${f}) / ${1 - q}) END`;
  const score = `round(y * ln(${f} / ${q}) + ${rest} + 0.5 * ln(8 * labelled), 6)`;
  return {
    sql: `SELECT u, labelled AS n, y FROM ${activity} WHERE labelled > 0 AND y > ${q} * labelled AND ${score} > ${-Math.log(alpha)}
      ORDER BY ${score} DESC, u LIMIT ${limit}`,
  };
}

/** Users with more than a share of all rows: `(u, n)`, the largest first. */
export function crowdingUsers(activity: string, rows: number, limit: number): Query {
  return { sql: `SELECT u, n FROM ${activity} WHERE n > ${rows} ORDER BY n DESC, u LIMIT ${limit}` };
}

/**
 * Users whose moments are spread evenly, and how often their commonest interval comes: `(u, n, gap, share)`. Only users of
 * `least` rows and an evenness within 2% of 1 are sorted, a small share of all.
 */
export function evenUsers(
  relation: Relation,
  user: Column,
  time: Column,
  activity: string,
  least: number,
  share: number,
  dialect: Dialect,
): Query {
  const gaps = `SELECT u, t - lag(t) OVER (PARTITION BY u ORDER BY t) AS gap FROM (
      SELECT ${dialect.asText(user.id, user.type)} AS u, ${dialect.epoch(time.id, time.type)} AS t FROM ${relation.name}
      WHERE ${dialect.asText(user.id, user.type)} IN (SELECT u FROM ${activity} WHERE n >= ${least} AND evenness BETWEEN 0.98 AND 1.02))`;
  return {
    sql: `SELECT u, n, gap, round(most / n, 12) AS share FROM (SELECT u, CAST(sum(c) AS DOUBLE) AS n, max(c) AS most, arg_max(gap, c) AS gap
        FROM (SELECT u, gap, count(*) AS c FROM (SELECT u, round(gap, 3) AS gap FROM (${gaps}) WHERE gap IS NOT NULL) GROUP BY u, gap) GROUP BY u)
      WHERE most >= ${share} * n AND gap > 0 ORDER BY u`,
  };
}

/** Rows handed to a few users of the file, whom each drawn row names as its value. */
export function handedRows(relation: Relation, user: Column, users: number, seed: string, dialect: Dialect): Query {
  const chosen = `SELECT u, row_number() OVER (ORDER BY ${dialect.uniform(`${seed}/user`, 'u')}, u) - 1 AS place
    FROM (SELECT DISTINCT ${user.id} AS u FROM ${relation.name} WHERE ${user.id} IS NOT NULL) ORDER BY place LIMIT ${users}`;
  return {
    sql: `SELECT k, CAST(0 AS INTEGER) AS copy, draw, c.u AS value
      FROM (SELECT k, ${dialect.uniform(seed, 'k')} AS draw, CAST(floor(${users} * ${dialect.uniform(`${seed}/place`, 'k')}) AS BIGINT) AS place FROM ${relation.name}) AS r
      JOIN (${chosen}) AS c ON c.place = r.place`,
  };
}

/** Rows in drawn order, each with a moment that follows the one drawn before it by `seconds`, from the first moment of the file on. */
export function metronomeRows(
  relation: Relation,
  time: Column,
  seconds: number,
  seed: string,
  dialect: Dialect,
): Query {
  const draw = dialect.uniform(seed, 'k');
  const at = `(SELECT low FROM (${timeSpan(relation, time, dialect).sql})) + ${seconds} * row_number() OVER (ORDER BY ${draw}, k)`;
  return drawnUnits(relation, { draw, value: momentSql(at, time) });
}
