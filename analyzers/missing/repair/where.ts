import type { Finding, Json } from '../../../src/core/evidence.js';
import type { Expr, Literal } from '../../../src/core/plan.js';
import type { Column, Relation } from '../../../src/core/relation.js';
import { argText } from '../../../src/core/arg-text.js';
import { expr } from '../../../src/core/plan.js';
import { columnNamed } from '../../../src/core/relation.js';
import { constantFor } from '../constant.js';

/** A rule for the marked cells of a finding: the null, the word in its spellings, or the number. Null where none fits. */
export function marked(column: Column, args: Finding['args']): Expr | null {
  const { value, spellings } = args;
  if (value === null || value === undefined) return { isNull: expr.col(column.name) };
  if (Array.isArray(spellings)) return { in: expr.col(column.name), list: spellings.map((s) => text(String(s))) };
  const number = constantFor(column, Number(value));
  return 'unsupported' in number ? null : expr.cmp('=', expr.col(column.name), number);
}

/** A rule for the rows of an outage: its stretch of time and, where there is one, its slice. */
export function block(relation: Relation, args: Finding['args']): Expr | null {
  const time = columnOf(relation, args['time']);
  if (time === null) return null;
  const moment = (value: Json | undefined): Expr => expr.literal(time.type, argText(value));
  const inTime = [
    expr.cmp('>=', expr.col(time.name), moment(args['from'])),
    expr.cmp('<', expr.col(time.name), moment(args['to'])),
  ];
  const slice = columnOf(relation, args['slice']);
  if (slice === null) return expr.and(...inTime);
  const level = expr.literal(slice.type, argText(args['level']));
  return expr.and(expr.cmp('=', expr.col(slice.name), level), ...inTime);
}

export function columnOf(relation: Relation, name: Json | undefined): Column | null {
  return typeof name === 'string' ? (columnNamed(relation, name) ?? null) : null;
}

export function text(value: string | null): Literal {
  return { type: 'VARCHAR', text: value };
}
