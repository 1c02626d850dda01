import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { nullSql, numberSql, presentSql } from './missing-mark.js';

/** What a cell has to be. */
export type CellRule = { readonly column: Column } & (
  | { readonly kind: 'presence'; readonly presence: number }
  | { readonly kind: 'range'; readonly range: readonly [low: number | null, high: number | null] }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'length'; readonly length: readonly [least: number, most: number] }
);

/** One row: cells `n<i>` that break the i-th rule, in one scan. */
export function breachCounts(relation: Relation, rules: readonly CellRule[], dialect: Dialect): Query {
  const parts = rules.map((rule, i) => `count(*) FILTER (WHERE ${breachSql(rule, dialect)}) AS n${i}`);
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

/** The cells that break the rules in the form of `Flagged`, one scan a rule. */
export function breachFlags(
  relation: Relation,
  rules: readonly { readonly rule: CellRule; readonly code: string }[],
  dialect: Dialect,
): Query {
  const parts = rules.map(({ rule, code }) => {
    const { id, name } = rule.column;
    const text = rule.kind === 'range' ? `'{"value":"' || CAST(${id} AS VARCHAR) || '"}'` : "'{}'";
    return `SELECT k, ${dialect.text(code)} AS code, ${dialect.text(name)} AS column_name, CAST(1 AS DOUBLE) AS score,
      CAST(NULL AS VARCHAR) AS suggestion, ${text} AS args FROM ${relation.name} WHERE ${breachSql(rule, dialect)}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** Whether a cell breaks a rule; never unknown. Only presence is about empty cells. */
function breachSql(rule: CellRule, dialect: Dialect): string {
  const { column } = rule;
  switch (rule.kind) {
    case 'presence':
      return nullSql(column);
    case 'range': {
      const [low, high] = rule.range;
      const number = numberSql(column);
      const outside = [
        ...(low === null ? [] : [`${number} < ${low}`]),
        ...(high === null ? [] : [`${number} > ${high}`]),
      ];
      return outside.length === 0 ? 'false' : `(${presentSql(column)} AND (${outside.join(' OR ')}))`;
    }
    case 'values': {
      const list = rule.values.map((value) => dialect.text(value)).join(', ');
      return `coalesce(CAST(${column.id} AS VARCHAR) NOT IN (${list}), false)`;
    }
    case 'length':
      break;
  }
  return `coalesce(len(${column.id}) NOT BETWEEN ${rule.length[0]} AND ${rule.length[1]}, false)`;
}
