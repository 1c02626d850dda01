import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';

/** What makes rows "the same": the feature columns, the moment, the label. */
export interface Sameness {
  readonly features: readonly Column[];
  readonly time: Column | null;
  readonly label: Label;
}

/**
 * Groups of two or more rows whose features hash alike, from a table `(features, moment, y, …)` of such rows:
 * `(h, rows, events, mixed, same_pairs, pairs)`. `events` are the distinct moments, `mixed` is true where one event is all
 * positive and another all negative, `same_pairs` counts pairs of one moment with unlike labels, `pairs` all pairs with
 * unlike labels.
 */
export function conflictGroups(alike: string): Query {
  return {
    sql: `SELECT h, sum(n) AS rows, count(*) AS events, bool_or(p = n) AND bool_or(p = 0) AS mixed,
      CAST(sum(p * (n - p)) AS DOUBLE) AS same_pairs, CAST(sum(p) AS DOUBLE) * CAST(sum(n) - sum(p) AS DOUBLE) AS pairs
      FROM (SELECT features AS h, moment, count(*) AS n, sum(y) AS p
        FROM ${alike} WHERE y IS NOT NULL GROUP BY features, moment)
      GROUP BY h HAVING sum(n) > 1`,
  };
}

/**
 * One row over a table of {@link conflictGroups}: groups with two events or more, those of them with unlike labels, how
 * many would be by chance at the positive rate `rate` with its variance, and the pairs.
 */
export function conflictSummary(groups: string, rate: number): Query {
  const chance = `1 - pow(${rate}, events) - pow(${1 - rate}, events)`;
  return {
    sql: `SELECT count(*) FILTER (WHERE events > 1) AS groups, count(*) FILTER (WHERE events > 1 AND mixed) AS mixed,
      coalesce(sum(${chance}) FILTER (WHERE events > 1), 0) AS expected,
      coalesce(sum((${chance}) * (1 - (${chance}))) FILTER (WHERE events > 1), 0) AS variance,
      coalesce(sum(same_pairs), 0) AS same_pairs, coalesce(sum(pairs), 0) AS pairs FROM ${groups}`,
  };
}

/** One row, `share`: the chance that two rows share a moment. */
export function sharedMoments(relation: Relation, time: Column): Query {
  return {
    sql: `SELECT coalesce(sum(n * (n - 1)) / nullif(sum(n) * (sum(n) - 1), 0), 0) AS share
      FROM (SELECT CAST(count(*) AS DOUBLE) AS n FROM ${relation.name} GROUP BY ${time.id})`,
  };
}

/** One row: `rows` with a label and `positives` among them. */
export function labelCounts(relation: Relation, label: Label, dialect: Dialect): Query {
  const y = labelSql(label, dialect);
  return { sql: `SELECT count(${y}) AS rows, coalesce(sum(${y}), 0) AS positives FROM ${relation.name}` };
}

/**
 * Rows of groups that are equal in features *and* moment and differ in label: `(k, y, size, positives, flagged)`.
 * Flagged is the label that fewer rows of the group have; where as many have each, the negative: a negative is also what
 * is written when nothing was seen.
 */
export function sameMomentConflicts(relation: Relation, sameness: Sameness, groups: string, dialect: Dialect): Query {
  const { time } = sameness;
  const by = [...sameness.features, ...(time === null ? [] : [time])];
  const flagged = 'CASE WHEN 2 * positives < size THEN y = 1 ELSE y = 0 END';
  return members(relation, sameness, by, `${groups} WHERE same_pairs > 0`, flagged, dialect);
}

/**
 * Rows of groups that are equal in features and differ in label: `(k, y, size, positives, flagged)`. With a time, flagged
 * are the rows whose label is not that of the latest row (ties: the highest key); without, as in one moment.
 */
export function anyMomentConflicts(relation: Relation, sameness: Sameness, groups: string, dialect: Dialect): Query {
  const flagged = sameness.time === null ? 'CASE WHEN 2 * positives < size THEN y = 1 ELSE y = 0 END' : 'y <> latest';
  return members(relation, sameness, sameness.features, `${groups} WHERE events > 1 AND mixed`, flagged, dialect);
}

function members(
  relation: Relation,
  { features, time, label }: Sameness,
  by: readonly Column[],
  candidates: string,
  flagged: string,
  dialect: Dialect,
): Query {
  const ids = by.map((column) => column.id).join(', ');
  const hash = dialect.rowHash(features.map((column) => column.id));
  const order = time === null ? 'k' : `${time.id}, k`;
  const read = [...new Set(['k', ...by.map((c) => c.id), ...(time === null ? [] : [time.id])])].join(', ');
  return {
    sql: `SELECT k, y, size, positives, ${flagged} AS flagged FROM (
      SELECT k, y, count(*) OVER (PARTITION BY ${ids}) AS size, sum(y) OVER (PARTITION BY ${ids}) AS positives,
        last_value(y) OVER (PARTITION BY ${ids} ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS latest
      FROM (SELECT ${read}, ${labelSql(label, dialect)} AS y FROM ${relation.name} WHERE ${hash} IN (SELECT h FROM ${candidates}))
      WHERE y IS NOT NULL)
      WHERE positives > 0 AND positives < size`,
  };
}
