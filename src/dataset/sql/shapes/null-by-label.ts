import type { Query } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { nullSql } from './missing-mark.js';

/** One row: `p` positives, `n` negatives, and of each column the null cells among them, `p<i>` and `n<i>`. */
export function nullsByLabel(table: string, columns: readonly Column[], label: Label): Query {
  const counts = columns.flatMap((column, i) => [
    `count(*) FILTER (WHERE y = 1 AND ${nullSql(column)}) AS p${i}`,
    `count(*) FILTER (WHERE y = 0 AND ${nullSql(column)}) AS n${i}`,
  ]);
  const all = ['count(*) FILTER (WHERE y = 1) AS p', 'count(*) FILTER (WHERE y = 0) AS n', ...counts];
  return {
    sql: `SELECT ${all.join(', ')} FROM (SELECT ${columns.map(({ id }) => `${id}, `).join('')}${labelSql(label)} AS y FROM ${table})`,
  };
}
