import type { Dialect, Query } from '../../../core/engine.js';
import type { Step, TypeName } from '../../../core/plan.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Pair, StepEffect } from './compiled.js';
import { columnAt } from './files.js';
import { refuseStep } from './refuse.js';
import { compileRetype } from './retype.js';

/** The files of a cleaning, attached: columns by position, `k` the place in the file. */
export interface CleaningTables {
  readonly cleaned: Relation;
  readonly quarantine: Relation;
  /** Null where no source column was dropped. */
  readonly quarantineColumns: Relation | null;
  readonly changes: Relation;
}

/** What a manifest tells about the way back. */
export interface Trace {
  /** Columns of the source and of the cleaned file, in file order. */
  readonly source: readonly Column[];
  readonly cleaned: readonly Column[];
  /** Source columns in the quarantine of columns, in file order. */
  readonly dropped: readonly string[];
  readonly ranges: readonly { readonly first: string; readonly rows: number }[];
  readonly steps: readonly Step[];
  readonly effects: readonly StepEffect[];
  readonly pairs: readonly Pair[];
  /** Entries of the log by step id. */
  readonly entries: Readonly<Record<string, number>>;
}

/** The source as a query, and whether its rows come in key order. */
export interface Original extends Query {
  readonly inOrder: boolean;
}

/** A step of the way back: rows of a column take their old value from the log, or are pulled back through a retype. */
interface Back {
  readonly step: number;
  readonly column: string;
  readonly type: TypeName;
  readonly logged: boolean;
  /** SQL of the value before a retype, given the SQL of the one after; null for sets. */
  readonly inverse: ((value: string) => string) | null;
}

/**
 * The source as it was: `k` and the source columns by id. Reads the files of the cleaning only and
 * evaluates no rule. Payload values pass through joins and CASE only: aggregates, windows and sort keys lose bits.
 */
export function originalQuery(trace: Trace, tables: CleaningTables, dialect: Dialect): Original {
  const backs = waysBack(trace, dialect);
  const counted = rowsMoved(trace) || trace.ranges.length !== 1;
  const keys = counted ? [`keys AS (${keysSql(trace, tables)})`] : [];
  const stages = [...keys, `back_0 AS NOT MATERIALIZED (${survivors(trace, tables, counted)})`];
  const kept = trace.source.filter((c) => !trace.dropped.includes(c.id)).map((c) => c.id);
  const dropped = tables.quarantineColumns === null ? [] : trace.dropped;
  for (const [i, back] of backs.entries()) {
    stages.push(`back_${i + 1} AS NOT MATERIALIZED (${backStage(i, back, kept, trace, tables)})`);
  }
  const last = `back_${backs.length}`;
  const live = trace.source.map((c) =>
    dropped.includes(c.id) ? `q.${quarantined(c.id, trace)} AS ${c.id}` : `b.${c.id} AS ${c.id}`,
  );
  const join =
    tables.quarantineColumns === null
      ? ''
      : ` JOIN ${tables.quarantineColumns.name} AS q ON ${quarantineKey('q')} = b.k`;
  const gone = trace.source.map((c, i) => `g.c${i + 3} AS ${c.id}`);
  return {
    inOrder: !counted && dropped.length === 0 && backs.every((b) => !b.logged),
    sql: `WITH ${stages.join(',\n')}
SELECT ${['b.k AS k', ...live].join(', ')} FROM ${last} AS b${join}
UNION ALL SELECT ${[`${quarantineKey('g')} AS k`, ...gone].join(', ')} FROM ${tables.quarantine.name} AS g`,
  };
}

/** True where a row was dropped or copied, so that a place in the cleaned file is not the row's own. */
function rowsMoved(trace: Trace): boolean {
  return trace.steps.some(
    (s) => (s.verb === 'drop-row' || s.verb === 'repeat-row') && (trace.entries[String(s.id)] ?? 0) > 0,
  );
}

/** The three key columns of a quarantine file come first. */
function quarantineKey(alias: string): string {
  return `((CAST(${alias}.c0 AS BIGINT) << 40) + ${alias}.c1)`;
}

function quarantined(id: string, trace: Trace): string {
  return `c${trace.dropped.indexOf(id) + 3}`;
}

/** What was done to the columns that are still there, last first. */
function waysBack(trace: Trace, dialect: Dialect): readonly Back[] {
  const rebuilt = new Set(trace.source.filter((c) => !trace.dropped.includes(c.id)).map((c) => c.id));
  return trace.effects
    .filter((e) => (e.kind === 'set' || e.kind === 'retype') && rebuilt.has(e.column!))
    .map((e) => ({
      step: e.step,
      column: e.column!,
      type: e.from!,
      logged: (trace.entries[String(e.step)] ?? 0) > 0,
      inverse: e.kind === 'set' ? null : inverseOf(e, trace, dialect),
    }))
    .filter((back) => back.logged || back.inverse !== null)
    .filter((back) => back.step > lastForGood(back.column, trace))
    .toReversed();
}

/** The last step that changed a column for good; what it was before that is not told. 0 where there is none. */
function lastForGood(column: string, trace: Trace): number {
  const steps = trace.effects.filter((e) => e.column === column && e.kind === 'set').map((e) => e.step);
  return Math.max(0, ...steps.filter((id) => trace.steps.find((s) => s.id === id)?.irreversible !== undefined));
}

/** Where a retype has no inverse every value is in the log, so nothing is left to pull back. */
function inverseOf(effect: StepEffect, trace: Trace, dialect: Dialect): (value: string) => string {
  const step = trace.steps.find((s) => s.id === effect.step);
  if (step?.verb !== 'cast-column' && step?.verb !== 'map-column') throw new Error(`step ${effect.step} is no retype`);
  const { inverse } = compileRetype(step, effect.from!, dialect, refuseStep(step.id));
  return inverse ?? (() => `CAST(NULL AS ${effect.from!})`);
}

/** Original rows that live, with their keys; columns that are still there, by id. */
function survivors(trace: Trace, tables: CleaningTables, counted: boolean): string {
  const ids = new Set(trace.source.map((c) => c.id));
  const columns = trace.cleaned.flatMap((c, i) => (ids.has(c.id) ? [`c.c${i} AS ${c.id}`] : []));
  const from = `FROM ${tables.cleaned.name} AS c`;
  return counted
    ? `SELECT ${['p.k AS k', ...columns].join(', ')} ${from} JOIN keys AS p ON c.k = p.place WHERE p.copy = 0`
    : `SELECT ${[`c.k + ${trace.ranges[0]!.first} AS k`, ...columns].join(', ')} ${from}`;
}

function backStage(index: number, back: Back, kept: readonly string[], trace: Trace, tables: CleaningTables): string {
  const pair = trace.pairs.find((p) => p.type === back.type);
  const value = `b.${back.column}`;
  const pulled = back.inverse === null ? value : back.inverse(value);
  const old = back.logged ? `CASE WHEN e.k IS NOT NULL THEN e.value ELSE ${pulled} END` : pulled;
  const columns = kept.map((id) => (id === back.column ? `${old} AS ${id}` : `b.${id}`));
  const entries = back.logged
    ? ` LEFT JOIN (${entriesSql(tables.changes, back.step, pair!.old)} AND ${columnAt(tables.changes, 'copy')} = 0) AS e ON e.k = b.k`
    : '';
  return `SELECT ${['b.k', ...columns].join(', ')} FROM back_${index} AS b${entries}`;
}

/** Entries of a step as `k, copy, value`, open for further conditions. */
export function entriesSql(changes: Relation, step: number, side: string | null): string {
  const id = (name: string): string => columnAt(changes, name);
  const value = side === null ? '' : `, ${id(side)} AS value`;
  return `SELECT ${id('row_key')} AS k, ${id('copy')} AS copy${value} FROM ${changes.name} WHERE ${id('step')} = ${step}`;
}

/**
 * `place, k, copy` of every row of the cleaned file: all original keys minus those dropped plus the copies that live,
 * counted in the order of (k, copy).
 */
function keysSql(trace: Trace, tables: CleaningTables): string {
  const of = (verb: Step['verb']): readonly Step[] =>
    trace.steps.filter((s) => s.verb === verb && (trace.entries[String(s.id)] ?? 0) > 0);
  const drops = of('drop-row').map((s) => entriesSql(tables.changes, s.id, null));
  const copies = of('repeat-row').map((s) => copiesSql(s, tables.changes));
  const originals = trace.ranges.map(
    (r) => `SELECT CAST(${r.first} + r.range AS BIGINT) AS k, 0 AS copy FROM range(${r.rows}) AS r`,
  );
  const none = 'SELECT CAST(NULL AS BIGINT) AS k, 0 AS copy WHERE false';
  const all = [none, ...originals, ...copies].join(' UNION ALL ');
  const live =
    drops.length === 0
      ? all
      : `SELECT a.k, a.copy FROM (${all}) AS a ANTI JOIN (${drops.join(' UNION ALL ')}) AS d ON a.k = d.k AND a.copy = d.copy`;
  return `SELECT row_number() OVER (ORDER BY a.k, a.copy) - 1 AS place, a.k AS k, a.copy AS copy FROM (${live}) AS a`;
}

function copiesSql(step: Step, changes: Relation): string {
  const times = step.verb === 'repeat-row' ? step.times : 1;
  const first = step.id * 4096 + 1;
  const numbers = `CAST(range(${first}, ${first + times - 1}) AS INTEGER[])`;
  return `SELECT k, unnest(${numbers}) AS copy FROM (${entriesSql(changes, step.id, null)})`;
}
