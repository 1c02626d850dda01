import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { markSql, nullSql, type Mark } from './missing-mark.js';

/**
 * One row: for each of `others` whether all marked cells go with one and the same value of it: `v<i>` that value as
 * text (null where they do not agree, or where it is null). Reads the marked rows only.
 */
export function commonValues(relation: Relation, mark: Mark, others: readonly Column[], dialect: Dialect): Query {
  const parts = others.map((column, i) => {
    const text = `CAST(${column.id} AS VARCHAR)`;
    return `CASE WHEN min(${text}) = max(${text}) AND NOT bool_or(${nullSql(column)}) THEN min(${text}) END AS v${i}`;
  });
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name} WHERE ${markSql(mark, dialect)}` };
}

/** How many rows hold each (column, value as text): one row with `n0`, `n1` … */
export function valueCounts(
  relation: Relation,
  values: readonly { readonly column: Column; readonly value: string }[],
  dialect: Dialect,
): Query {
  const parts = values.map(
    ({ column, value }, i) => `count(*) FILTER (WHERE CAST(${column.id} AS VARCHAR) = ${dialect.text(value)}) AS n${i}`,
  );
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}
