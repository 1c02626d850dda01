import type { Dialect, Query } from '../../../core/engine.js';
import type { Feature, Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { rowDraw } from '../row-draw.js';
import { nullSql, numberSql } from './missing-mark.js';

/** Prior rows a level is shrunk by. */
const prior = 10;

/** The half, 0 or 1, that a row lies in, the same for every feature. */
export function halfSql(seed: string): string {
  return `CASE WHEN ${rowDraw('k', seed)} < 0.5 THEN 0 ELSE 1 END AS half`;
}

/**
 * AUC of each feature alone over a table of rows with their {@link halfSql}: `(feature, auc)`, `feature` the position in `features`, auc null with one
 * class. Numbers are ranked by value, missing ones lowest, ties half. Levels are ranked by their positive rate in the
 * other half of the rows, so that a level seen once tells nothing about itself; the two halves are averaged.
 */
export function singleFeatureAuc(table: string, features: readonly Feature[], label: Label, dialect: Dialect): Query {
  const parts = features.map((feature, i) => {
    const scored =
      feature.kind === 'numeric' ? byValue(feature, table, label, dialect) : byLevel(feature, table, label, dialect);
    return `SELECT ${i} AS feature, avg(auc) AS auc FROM (${aucOf(scored)})`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** `(half, score, p, n)` grouped counts -> one AUC a half; the sums are whole numbers, so threads do not matter. */
function aucOf(scored: string): string {
  return `SELECT half, CAST(sum(p * (2 * below + n)) AS DOUBLE) / nullif(2.0 * CAST(sum(p) AS DOUBLE) * CAST(sum(n) AS DOUBLE), 0) AS auc
    FROM (SELECT half, p, n, sum(n) OVER (PARTITION BY half ORDER BY score NULLS FIRST) - n AS below
      FROM (SELECT half, score, sum(p) AS p, sum(n) AS n FROM (${scored}) GROUP BY half, score)) GROUP BY half`;
}

function byValue({ column }: Feature, table: string, label: Label, dialect: Dialect): string {
  const y = labelSql(label, dialect);
  return `SELECT 0 AS half, CASE WHEN NOT ${nullSql(column)} THEN ${numberSql(column)} END AS score,
    CAST(sum(${y}) AS HUGEINT) AS p, CAST(count(*) - sum(${y}) AS HUGEINT) AS n FROM ${table} GROUP BY score`;
}

function byLevel({ column }: Feature, table: string, label: Label, dialect: Dialect): string {
  const rows = `SELECT ${dialect.asText(column.id, column.type)} AS v, ${labelSql(label, dialect)} AS y, half FROM ${table}`;
  const levels = `SELECT v, half, CAST(sum(y) AS HUGEINT) AS p, CAST(count(*) - sum(y) AS HUGEINT) AS n FROM (${rows}) GROUP BY v, half`;
  const rate = `(SELECT avg(${labelSql(label, dialect)}) FROM ${table})`;
  return `SELECT a.half AS half, a.p AS p, a.n AS n,
    round((coalesce(CAST(b.p AS DOUBLE), 0) + ${prior} * ${rate}) / (coalesce(CAST(b.p + b.n AS DOUBLE), 0) + ${prior}), 12) AS score
    FROM (${levels}) AS a LEFT JOIN (${levels}) AS b ON a.v IS NOT DISTINCT FROM b.v AND b.half = 1 - a.half`;
}
