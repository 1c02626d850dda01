import type { Expr, Step } from '../../core/plan.js';

/** Names of the columns a step needs to be there: the one it changes and those its rule and value read. */
export function columnsRead(step: Step): ReadonlySet<string> {
  const names = new Set<string>();
  if ('column' in step && step.verb !== 'add-column') names.add(step.column);
  if ('where' in step && 'rule' in step.where) collect(step.where.rule, names);
  if ((step.verb === 'set-cell' || step.verb === 'set-label') && 'to' in step) collect(step.to, names);
  if (step.verb === 'add-column') collect(step.as, names);
  return names;
}

function collect(expr: Expr, names: Set<string>): void {
  if ('col' in expr) names.add(expr.col);
  else for (const inner of innerOf(expr)) collect(inner, names);
}

function innerOf(expr: Exclude<Expr, { col: string }>): readonly Expr[] {
  if ('lit' in expr) return [];
  if ('args' in expr) return expr.args;
  if ('in' in expr) return [expr.in];
  if ('isNull' in expr) return [expr.isNull];
  if ('isNaN' in expr) return [expr.isNaN];
  if ('keyedHash' in expr) return [expr.keyedHash];
  if ('and' in expr) return expr.and;
  if ('or' in expr) return expr.or;
  if ('not' in expr) return [expr.not];
  return [expr.when, expr.then, expr.else];
}
