import type { Dialect } from '../../../core/engine.js';
import type { Expr, Literal, TypeName } from '../../../core/plan.js';
import type { Refuse } from './refuse.js';
import { literalSql } from './literals.js';
import { isFloat, isScalar } from './type-names.js';

/** A column as an expression sees it. */
export interface Visible {
  readonly sql: string;
  readonly type: TypeName;
}

/** Where an expression is compiled: which columns it may read, and how a refusal is said. */
export interface Scene {
  readonly dialect: Dialect;
  readonly refuse: Refuse;
  /** The column of that user name; refuses where there is none or where it may not be read. */
  column(name: string): Visible;
}

/** An expression as SQL with its exact type. */
export interface Typed {
  readonly sql: string;
  readonly type: TypeName;
  /** Known without looking at a row: a null, a NaN, or a value that is neither. */
  readonly constant?: 'null' | 'nan' | 'value';
}

/** Deeper expressions are refused: guards write an operand more than once, so their text grows fast. */
const maxDepth = 24;

/**
 * Compiles an expression. Strictly typed: sides of different types are refused, nothing is cast. Null-safe and
 * NaN-safe: comparisons are unknown with a null and otherwise false with a NaN; `in`, `isNull` and `isNaN` are never
 * unknown (a null is in no list and is no NaN).
 */
export function compileExpr(expr: Expr, scene: Scene, depth = 0): Typed {
  if (depth > maxDepth) scene.refuse(`an expression is nested more than ${maxDepth} deep`);
  const inner = (e: Expr): Typed => compileExpr(e, scene, depth + 1);
  if ('col' in expr) return scene.column(expr.col);
  if ('lit' in expr) return constant(expr.lit, scene);
  if ('op' in expr) return arithmetic(expr.op, expr.args.map(inner), scene.refuse);
  if ('cmp' in expr) return boolean(comparison(expr.cmp, inner(expr.args[0]), inner(expr.args[1]), scene.refuse));
  if ('in' in expr) return boolean(membership(inner(expr.in), expr.list, scene));
  if ('keyedHash' in expr) return keyedHash(inner(expr.keyedHash), scene);
  if ('isNull' in expr) return boolean(`(${inner(expr.isNull).sql} IS NULL)`);
  if ('isNaN' in expr) return boolean(nanTest(inner(expr.isNaN), scene.refuse));
  if ('and' in expr) return boolean(joined(expr.and.map(inner), 'AND', 'true', scene.refuse));
  if ('or' in expr) return boolean(joined(expr.or.map(inner), 'OR', 'false', scene.refuse));
  if ('not' in expr) return boolean(`(NOT ${truth(inner(expr.not), scene.refuse)})`);
  return choice(inner(expr.when), inner(expr.then), inner(expr.else), scene.refuse);
}

function keyedHash(value: Typed, { dialect, refuse }: Scene): Typed {
  if (value.type !== 'VARCHAR') refuse(`"keyedHash" takes VARCHAR, not ${value.type}`);
  return { sql: dialect.keyedHash(value.sql), type: 'VARCHAR' };
}

function boolean(sql: string): Typed {
  return { sql, type: 'BOOLEAN' };
}

function constant(literal: Literal, scene: Scene): Typed {
  const { sql, type, isNull, isNaN } = literalSql(literal, scene.dialect, scene.refuse);
  return { sql, type, constant: isNull ? 'null' : isNaN ? 'nan' : 'value' };
}

function arithmetic(op: '+' | '-' | '*' | '/', sides: readonly Typed[], refuse: Refuse): Typed {
  for (const side of sides) if (side.type !== 'DOUBLE') refuse(`"${op}" works on DOUBLE, not on ${side.type}`);
  return { sql: `(${sides.map((s) => s.sql).join(` ${op} `)})`, type: 'DOUBLE' };
}

/** The comparison of two values of one scalar type, with the guards that engines' own ordering of NaN makes necessary. */
export function comparison(cmp: '=' | '<' | '<=' | '>' | '>=', left: Typed, right: Typed, refuse: Refuse): string {
  if (left.type !== right.type) refuse(`"${cmp}" compares ${left.type} with ${right.type}`);
  if (!isScalar(left.type)) refuse(`"${cmp}" does not compare values of type ${left.type}`);
  if (left.constant === 'null' || right.constant === 'null') return 'CAST(NULL AS BOOLEAN)';
  if (!isFloat(left.type)) return `(${left.sql} ${cmp} ${right.sql})`;
  const bare = (l: string, r: string): string =>
    cmp === '=' ? `(${l} >= ${r} AND ${l} <= ${r})` : `(${l} ${cmp} ${r})`;
  const guarded = [left, right].filter((s) => s.constant !== 'value');
  if (guarded.length === 1 && guarded[0] === left && right.constant === 'value' && left.constant === undefined) {
    // NaN sorts above every number, so only ">" and ">=" against a number would take it for true.
    return cmp === '>' || cmp === '>='
      ? `(${left.sql} ${cmp} ${right.sql} AND NOT isnan(${left.sql}))`
      : bare(left.sql, right.sql);
  }
  if (guarded.length === 0) return bare(left.sql, right.sql);
  const unknown = guarded.map((s) => `${s.sql} IS NULL`).join(' OR ');
  const nan = guarded.map((s) => `isnan(${s.sql})`).join(' OR ');
  return `(CASE WHEN ${unknown} THEN NULL WHEN ${nan} THEN false ELSE ${bare(left.sql, right.sql)} END)`;
}

/** `x = v1 OR x = v2 ...`, false for a null; nulls and NaN of the list match nothing. */
function membership(value: Typed, list: readonly Literal[], scene: Scene): string {
  if (!isScalar(value.type)) scene.refuse(`"in" does not look for values of type ${value.type}`);
  const items = list.map((l) => constant(l, scene));
  for (const item of items) {
    if (item.type !== value.type) scene.refuse(`"in" looks for ${value.type} among ${item.type}`);
  }
  const findable = items.filter((i) => i.constant === 'value');
  if (findable.length === 0) return 'false';
  const test = isFloat(value.type)
    ? `(${findable.map((i) => `${value.sql} >= ${i.sql} AND ${value.sql} <= ${i.sql}`).join(' OR ')})`
    : `${value.sql} IN (${findable.map((i) => i.sql).join(', ')})`;
  return `coalesce(${test}, false)`;
}

function nanTest(value: Typed, refuse: Refuse): string {
  if (!isFloat(value.type)) refuse(`"isNaN" asks a ${value.type}, which has no NaN`);
  return `coalesce(isnan(${value.sql}), false)`;
}

function joined(terms: readonly Typed[], word: 'AND' | 'OR', empty: string, refuse: Refuse): string {
  return terms.length === 0 ? empty : `(${terms.map((t) => truth(t, refuse)).join(` ${word} `)})`;
}

function choice(when: Typed, yes: Typed, no: Typed, refuse: Refuse): Typed {
  if (yes.type !== no.type) refuse(`"when" gives ${yes.type} or ${no.type}`);
  return { sql: `(CASE WHEN ${truth(when, refuse)} THEN ${yes.sql} ELSE ${no.sql} END)`, type: yes.type };
}

/** The SQL of a condition; refused where it is not a BOOLEAN. */
export function truth(condition: Typed, refuse: Refuse): string {
  if (condition.type !== 'BOOLEAN') refuse(`a condition is ${condition.type}, not BOOLEAN`);
  return condition.sql;
}
