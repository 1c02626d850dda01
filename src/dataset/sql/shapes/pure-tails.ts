import type { Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { nullSql, numberSql } from './missing-mark.js';

/**
 * The share of positives that one end of a column's values holds among rows of which at least `precision` are positive,
 * `rows` of them at least: `(feature, recall)`, `feature` the position in `columns`, the better end; null without positives.
 */
export function pureTails(
  table: string,
  columns: readonly Column[],
  label: Label,
  precision: number,
  rows: number,
): Query {
  const y = labelSql(label);
  const parts = columns.map((column, i) => {
    const groups = `SELECT ${numberSql(column)} AS x, CAST(sum(${y}) AS DOUBLE) AS p, CAST(count(*) AS DOUBLE) AS n
      FROM ${table} WHERE NOT ${nullSql(column)} GROUP BY x`;
    const sums = ['x', 'x DESC'].map(
      (order, end) => `sum(p) OVER (ORDER BY ${order}) AS p${end}, sum(n) OVER (ORDER BY ${order}) AS n${end}`,
    );
    const best = [0, 1].map(
      (end) => `coalesce(max(p${end}) FILTER (WHERE n${end} >= ${rows} AND p${end} >= ${precision} * n${end}), 0)`,
    );
    return `SELECT ${i} AS feature, greatest(${best.join(', ')}) / nullif((SELECT sum(${y}) FROM ${table}), 0) AS recall
      FROM (SELECT ${sums.join(', ')} FROM (${groups}))`;
  });
  return { sql: parts.join(' UNION ALL ') };
}
