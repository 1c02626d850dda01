import type { Expr, Verb } from '../core/plan.js';
import type { Column } from '../core/relation.js';
import { expr } from '../core/plan.js';

/** Arithmetic is on DOUBLE: a column of another type is cast first, which costs a whole number below 2^53 nothing. */
export function castForArithmetic({ name, type }: Column): readonly Verb[] {
  return type === 'DOUBLE' ? [] : [{ verb: 'cast-column', column: name, to: 'DOUBLE' }];
}

/** The value of a column over a known factor; a factor below 1 multiplies by its inverse, which is a whole number. */
export function dividedBy({ name }: Column, factor: number): Expr {
  const value = expr.col(name);
  return factor >= 1
    ? { op: '/', args: [value, expr.double(factor)] }
    : { op: '*', args: [value, expr.double(Math.round(1 / factor))] };
}

/** In words: `divide price by 100`. */
export function divisionText(column: string, factor: number): string {
  return factor >= 1 ? `divide ${column} by ${factor}` : `multiply ${column} by ${Math.round(1 / factor)}`;
}
