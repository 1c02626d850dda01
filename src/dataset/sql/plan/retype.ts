import type { Dialect } from '../../../core/engine.js';
import type { Literal, Step, TypeName } from '../../../core/plan.js';
import type { Inverse } from './primitives.js';
import type { Refuse } from './refuse.js';
import type { Scene, Typed } from './expressions.js';
import { comparison, compileExpr } from './expressions.js';
import { literalSql } from './literals.js';
import { canonicalType, isAdmitted, isScalar } from './type-names.js';

type CastStep = Extract<Step, { verb: 'cast-column' }>;
type MapStep = Extract<Step, { verb: 'map-column' }>;

/** A step that changes every value of one column. */
export type RetypeStep = CastStep | MapStep;

/** How a column's values are changed, and back. */
export interface Retype {
  readonly to: TypeName;
  /** SQL of the new value, given the SQL of the old one. */
  readonly forward: (value: string) => string;
  /** SQL of the old value, given the SQL of the new one; not exact everywhere. Null where there is no way back. */
  readonly inverse: Inverse | null;
}

/** Compiles a cast or a map of a column of type `from`. Refused where types do not fit. */
export function compileRetype(step: RetypeStep, from: TypeName, dialect: Dialect, refuse: Refuse): Retype {
  if (!isAdmitted(from)) refuse(`values of type ${from} can be carried, dropped and renamed only`);
  if (step.verb === 'cast-column') return compileCast(canonicalType(step.to), from, refuse);
  return 'lookup' in step ? compileLookup(step, from, dialect, refuse) : compileMap(step, from, dialect, refuse);
}

/** A value that does not fit becomes null. The way back is the cast back. */
function compileCast(to: TypeName, from: TypeName, refuse: Refuse): Retype {
  if (!isAdmitted(to)) refuse(`nothing can be cast to ${to}`);
  return { to, forward: castTo(to), inverse: castTo(from) };
}

function castTo(type: TypeName): (value: string) => string {
  return (value) => `TRY_CAST(${value} AS ${type})`;
}

function compileMap(step: Extract<MapStep, { as: unknown }>, from: TypeName, dialect: Dialect, refuse: Refuse): Retype {
  const onOwn = (sql: string, type: TypeName): Scene => ({
    dialect,
    refuse,
    column: (name) =>
      name === step.column
        ? { sql, type }
        : refuse(
            `the map of ${JSON.stringify(step.column)} reads ${JSON.stringify(name)}; it may read its own column only`,
          ),
  });
  const to = compileExpr(step.as, onOwn('x', from)).type;
  if (!isAdmitted(to)) refuse(`nothing can be mapped to ${to}`);
  const forward = (value: string): string => compileExpr(step.as, onOwn(value, from)).sql;
  if (step.inverse === undefined) return { to, forward, inverse: null };
  const way = step.inverse;
  const back = compileExpr(way, onOwn('x', to)).type;
  if (back !== from) refuse(`the inverse gives ${back}, the column is ${from}`);
  return { to, forward, inverse: (value) => compileExpr(way, onOwn(value, to)).sql };
}

/** The first key that equals the value decides. The way back is the lookup turned round. */
function compileLookup(
  step: Extract<MapStep, { lookup: unknown }>,
  from: TypeName,
  dialect: Dialect,
  refuse: Refuse,
): Retype {
  if (!isScalar(from)) refuse(`values of type ${from} cannot be looked up`);
  const pairs = step.lookup.map(([key, value]) => [read(key), read(value)] as const);
  const other = typeof step.other === 'string' ? null : read(step.other);
  const to = pairs[0]?.[1].type ?? other?.type ?? from;
  for (const [key, value] of pairs) {
    if (key.type !== from) refuse(`the lookup has a ${key.type} key, the column is ${from}`);
    if (key.constant !== 'value') refuse('the lookup has a null or NaN key, which equals nothing');
    if (value.type !== to) refuse(`the lookup gives ${to} and ${value.type}`);
  }
  if (other !== null && other.type !== to) refuse(`the lookup gives ${to}, or else ${other.type}`);
  if (step.other === 'keep' && to !== from) refuse(`the lookup gives ${to} and keeps other values as ${from}`);
  const rest = (value: string): string => (step.other === 'keep' ? value : (other?.sql ?? `CAST(NULL AS ${to})`));
  const usable = isScalar(to) ? pairs.filter(([, value]) => value.constant === 'value') : [];
  const unknown = (value: string): string => (to === from ? value : `CAST(NULL AS ${from})`);
  return {
    to,
    forward: (value) => whenChain(value, pairs, rest(value), refuse),
    inverse: (value) =>
      whenChain(
        value,
        usable.map(([key, made]) => [made, key] as const),
        unknown(value),
        refuse,
      ),
  };

  function read(literal: Literal): Typed {
    const { sql, type, isNull, isNaN } = literalSql(literal, dialect, refuse);
    return { sql, type, constant: isNull ? 'null' : isNaN ? 'nan' : 'value' };
  }
}

function whenChain(value: string, pairs: readonly (readonly [Typed, Typed])[], rest: string, refuse: Refuse): string {
  if (pairs.length === 0) return rest;
  const whens = pairs.map(([key, made]) => {
    const equal = comparison('=', { sql: value, type: key.type }, key, refuse);
    return `WHEN ${equal} THEN ${made.sql}`;
  });
  return `(CASE ${whens.join(' ')} ELSE ${rest} END)`;
}
