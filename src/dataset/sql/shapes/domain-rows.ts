import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { doubleSql } from '../double-sql.js';
import { labelSql } from '../label.js';
import type { Label } from '../../../core/study.js';
import { scalarSql } from './scalar.js';

/** Rows by value of a column, the `most` with most rows: `(value, n, values)`, `value` as text, `values` how many there are. */
export function domainCounts(relation: Relation, by: Column, most: number, dialect: Dialect): Query {
  return {
    sql: `SELECT value, n, count(*) OVER () AS "values" FROM (SELECT ${dialect.asText(by.id, by.type)} AS value, count(*) AS n
        FROM ${relation.name} WHERE ${by.id} IS NOT NULL GROUP BY value) ORDER BY n DESC, value LIMIT ${most}`,
  };
}

/** A share of the rows of each listed value, and one of the rows of all others: `(k, columns)`, drawn by row key. */
export function domainSample(
  relation: Relation,
  by: Column,
  keep: readonly { readonly value: string; readonly share: number }[],
  others: number,
  seed: string,
  dialect: Dialect,
): Query {
  const shares = keep.map(({ value, share }) => `WHEN ${dialect.text(value)} THEN ${doubleSql(share)}`).join(' ');
  return {
    sql: `SELECT k, ${relation.columns.map(({ id }) => id).join(', ')} FROM ${relation.name} WHERE ${by.id} IS NOT NULL
      AND ${dialect.uniform(seed, 'k')} < CASE ${dialect.asText(by.id, by.type)} ${shares} ELSE ${doubleSql(others)} END`,
  };
}

/** Labelled rows as `(d, u, y, v0, v1 …)`: value of the column `by`, a hash of the unit, the label, numbers. */
export function domainScores(
  relation: Relation,
  by: Column,
  unit: Column | null,
  label: Label,
  columns: readonly Column[],
  dialect: Dialect,
): Query {
  const y = labelSql(label, dialect);
  const values = columns.map((column, i) => `, ${scalarSql(column, dialect)} AS v${i}`).join('');
  return {
    sql: `SELECT ${dialect.asText(by.id, by.type)} AS d, ${unit === null ? 'k' : dialect.rowHash([unit.id])} AS u,
      CAST(${y} AS DOUBLE) AS y${values} FROM ${relation.name} WHERE ${y} IS NOT NULL`,
  };
}

/** True for rows of one value of a column; never unknown. */
export function hasValueSql(by: Column, value: string, dialect: Dialect): string {
  return `coalesce(${dialect.asText(by.id, by.type)} = ${dialect.text(value)}, false)`;
}

/** One row `(n0, n1 …)`: rows on which each condition holds. */
export function rowsWhere(relation: Relation, conditions: readonly string[]): Query {
  const counts = conditions.map((where, i) => `count(*) FILTER (WHERE ${where}) AS n${i}`);
  return { sql: `SELECT ${counts.join(', ')} FROM ${relation.name}` };
}
