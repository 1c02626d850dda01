import type { TypeName } from '../../../core/plan.js';
import type { Pair } from './compiled.js';
import type { ColumnThen, Lowered, Primitive } from './primitives.js';
import type { Stage } from './stages.js';
import { hitCondition, joinSql, valueSql } from './stages.js';
import { isFloat, isScalar, typeSuffix } from './type-names.js';

/** How entries are written. */
export interface Log {
  readonly pairs: readonly Pair[];
  /** True where rows carry `part`. */
  readonly split: boolean;
  /** SQL of a text. */
  readonly text: (value: string) => string;
}

/** How the entries of one step are written. */
interface BranchLog extends Log {
  /** False where a later step sets the column for good. */
  readonly keepsOld: boolean;
}

/** A pair of columns for every type whose values the steps change, in the order of the steps. */
export function pairsOf(steps: readonly Lowered[]): readonly Pair[] {
  const types = new Set<TypeName>();
  for (const { does } of steps) {
    if (does.kind === 'set' || does.kind === 'retype') types.add(does.column.type);
    if (does.kind === 'retype') types.add(does.to);
  }
  return [...types].map((type) => ({ type, old: `old_${typeSuffix(type)}`, new: `new_${typeSuffix(type)}` }));
}

/**
 * The changes as one SELECT over the stages, in step order: each step against the state before it, and only where
 * old and new differ in bits.
 */
export function changesSql(steps: readonly Lowered[], stages: readonly Stage[], log: Log): string {
  const branches = steps.flatMap((lowered, i) => {
    const keepsOld = !steps.slice(i).some((later) => isForGood(later, lowered.does));
    return branchSql(lowered, stages[i]!, { ...log, keepsOld }) ?? [];
  });
  return branches.length > 0 ? branches.join('\nUNION ALL ') : noChanges;
}

/** True where a step sets the same column for good: values before that are in no log. */
function isForGood({ step, does }: Lowered, before: Primitive): boolean {
  const irreversible = step.irreversible !== undefined;
  return irreversible && does.kind === 'set' && 'column' in before && before.column.id === does.column.id;
}

const noChanges = `SELECT CAST(NULL AS BIGINT) AS row_key, CAST(NULL AS INTEGER) AS copy, CAST(NULL AS INTEGER) AS step,
CAST(NULL AS VARCHAR) AS verb, CAST(NULL AS VARCHAR) AS "column", CAST(NULL AS VARCHAR) AS code WHERE false`;

/** Where two values of a type differ in bits. Lists are always taken to differ: comparing them is blind to signs. */
export function differSql(old: string, now: string, type: TypeName): string {
  if (!isScalar(type)) return 'true';
  const distinct = `${old} IS DISTINCT FROM ${now}`;
  return isFloat(type) ? `(${distinct} OR isnan(${old}) OR signbit(${old}) <> signbit(${now}))` : `(${distinct})`;
}

function branchSql({ step, does }: Lowered, before: Stage, log: BranchLog): string | null {
  const entry = (from: string, column: ColumnThen | null, to: TypeName | null): string =>
    `SELECT ${entrySql(step, from, column, to, log)}`;
  switch (does.kind) {
    case 'gone':
    case 'repeat':
      return `${entry('s', null, null)} ${rowHits(does, before, log)}`;
    case 'set':
      return `${entry('h', does.column, does.column.type)} FROM (${setHits(does, before, log)}) AS h
WHERE ${differSql('h."old"', 'h."new"', does.column.type)}`;
    case 'retype':
      return `${entry('h', does.column, does.to)} FROM (${retyped(does, before)}) AS h WHERE ${lost(does)}`;
    default:
      return null;
  }
}

function rowHits(does: Extract<Primitive, { kind: 'gone' | 'repeat' }>, before: Stage, log: Log): string {
  const original = does.kind === 'repeat' ? ' AND s.copy = 0' : '';
  const join = joinSql(does.hit, 'JOIN', false);
  return `FROM ${before.name} AS s${join} WHERE ${hitCondition(does, log.split)}${original}`;
}

function setHits(does: Extract<Primitive, { kind: 'set' }>, before: Stage, log: Log): string {
  const join = joinSql(does.hit, 'JOIN', does.value === null);
  return `SELECT s.k, s.copy, s.${does.column.id} AS "old", ${valueSql(does)} AS "new"
FROM ${before.name} AS s${join} WHERE ${hitCondition(does, log.split)}`;
}

/** Original rows only: copies have no way back to go. */
function retyped(does: Extract<Primitive, { kind: 'retype' }>, before: Stage): string {
  return `SELECT s.k, s.copy, s.${does.column.id} AS "old", ${does.forward} AS "new"
FROM ${before.name} AS s WHERE NOT s.gone AND s.copy = 0`;
}

/** Where the way back does not give the old value bit for bit. */
function lost(does: Extract<Primitive, { kind: 'retype' }>): string {
  return does.inverse === null ? 'true' : differSql('h."old"', does.inverse('h."new"'), does.column.type);
}

/** Columns of an entry. Old and new value stand in the pair of their own type, all other pairs are null. */
function entrySql(
  step: Lowered['step'],
  from: string,
  column: ColumnThen | null,
  to: TypeName | null,
  log: BranchLog,
): string {
  const value = (side: 'old' | 'new', holds: boolean, type: TypeName): string =>
    holds ? `${from}."${side}"` : `CAST(NULL AS ${type})`;
  return [
    `${from}.k AS row_key`,
    `${from}.copy AS copy`,
    `CAST(${step.id} AS INTEGER) AS step`,
    `${log.text(step.verb)} AS verb`,
    `${column === null ? 'CAST(NULL AS VARCHAR)' : log.text(column.name)} AS "column"`,
    `${log.text(step.code)} AS code`,
    ...log.pairs.flatMap(({ type, old, new: now }) => [
      `${value('old', column?.type === type && log.keepsOld, type)} AS ${old}`,
      `${value('new', to === type, type)} AS ${now}`,
    ]),
  ].join(', ');
}
