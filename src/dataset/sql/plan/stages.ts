import type { Relation } from '../../../core/relation.js';
import type { Hit, Lowered, Primitive } from './primitives.js';

/** A stage of a plan: one common table expression, whose rows are all rows so far with a flag for those gone. */
export interface Stage {
  readonly name: string;
  readonly sql: string;
  /** Ids of the columns that live after it. */
  readonly live: readonly string[];
  /** Of each source column, the column of this stage that holds the source's own value. */
  readonly sources: ReadonlyMap<string, string>;
}

/** All stages: the first is the source, `stages[i + 1]` the state after `steps[i]`. */
export function stagesOf(relation: Relation, steps: readonly Lowered[]): readonly Stage[] {
  const stages = [sourceStage(relation)];
  for (const [i, { step, does }] of steps.entries()) {
    stages.push(nextStage(stages[i]!, i + 1, does, step, relation.split));
  }
  return stages;
}

/** The stages as common table expressions; never materialised, so that all of them fuse into one scan. */
export function withStages(stages: readonly Stage[]): string {
  return `WITH ${stages.map((s) => `${s.name} AS NOT MATERIALIZED (${s.sql})`).join(',\n')}\n`;
}

/** Whether a step hits a row of the stage `s`, never unknown; gone rows are never hit. */
export function hitSql(does: { hit: Hit; trainOnly: boolean }, split: boolean): string {
  const rule = 'rule' in does.hit ? `coalesce(${does.hit.rule}, false)` : '(l.k IS NOT NULL)';
  return `(NOT s.gone${training(does, split)} AND ${rule})`;
}

/**
 * The same as a condition for WHERE, behind an inner join with the list. There unknown does not hit anyway, and a bare
 * comparison is something the engine can push into the scan.
 */
export function hitCondition(does: { hit: Hit; trainOnly: boolean }, split: boolean): string {
  const rule = 'rule' in does.hit ? ` AND ${does.hit.rule}` : '';
  return `NOT s.gone${training(does, split)}${rule}`;
}

function training(does: { trainOnly: boolean }, split: boolean): string {
  return does.trainOnly && split ? ' AND s.part IN (0, 1)' : '';
}

/** The join of the stage `s` with a keyed list, empty for rules. Lists are unique on (k, copy): no row is multiplied. */
export function joinSql(hit: Hit, join: 'LEFT JOIN' | 'JOIN', withValue: boolean): string {
  if ('rule' in hit) return '';
  const columns = withValue ? `k, copy, ${hit.list.field ?? 'value'} AS value` : 'k, copy';
  return ` ${join} (SELECT ${columns} FROM ${hit.list.list}) AS l ON l.k = s.k AND l.copy = s.copy`;
}

/** The value a `set` writes, in the column's own type. */
export function valueSql(does: Extract<Primitive, { kind: 'set' }>): string {
  return does.value ?? `CAST(l.value AS ${does.column.type})`;
}

function sourceStage(relation: Relation): Stage {
  const ids = relation.columns.map((c) => c.id);
  const columns = ['k', 'CAST(0 AS INTEGER) AS copy', 'false AS gone', ...(relation.split ? ['part'] : []), ...ids];
  return {
    name: stageName(0),
    sql: `SELECT ${columns.join(', ')} FROM ${relation.name}`,
    live: ids,
    sources: new Map(ids.map((id) => [id, id])),
  };
}

function stageName(index: number): string {
  return `plan_stage_${index}`;
}

function nextStage(before: Stage, index: number, does: Primitive, step: Lowered['step'], split: boolean): Stage {
  const forGood = step.irreversible !== undefined;
  const live = liveAfter(before.live, does);
  const sources = sourcesAfter(before.sources, does);
  const columns = [
    's.k',
    does.kind === 'repeat' ? `${copiesSql(does, step.id, split)} AS copy` : 's.copy',
    does.kind === 'gone' ? `(s.gone OR ${hitSql(does, split)}) AS gone` : 's.gone',
    ...(split ? ['s.part'] : []),
    ...live.map((id) => columnSql(id, does, split, forGood)),
    ...[...sources]
      .filter(([id, at]) => id !== at)
      .map(([id, at]) => {
        const own = `s.${before.sources.get(id) === at ? at : id}`;
        return forGood && does.kind === 'set' && does.column.id === id
          ? `${setSql(does, own, split, true)} AS ${at}`
          : `${own} AS ${at}`;
      }),
  ];
  const join = 'hit' in does ? joinSql(does.hit, 'LEFT JOIN', does.kind === 'set' && does.value === null) : '';
  return { name: stageName(index), sql: `SELECT ${columns.join(', ')} FROM ${before.name} AS s${join}`, live, sources };
}

/** Copies of step `s` are numbered `s * 4096 + j`, whichever other steps there are. */
function copiesSql(does: Extract<Primitive, { kind: 'repeat' }>, step: number, split: boolean): string {
  const first = step * 4096 + 1;
  const copies = `list_concat([0], CAST(range(${first}, ${first + does.times - 1}) AS INTEGER[]))`;
  return `unnest(CASE WHEN ${hitSql(does, split)} AND s.copy = 0 THEN ${copies} ELSE [s.copy] END)`;
}

function columnSql(id: string, does: Primitive, split: boolean, forGood: boolean): string {
  if (!('column' in does) || does.column.id !== id) return `s.${id}`;
  switch (does.kind) {
    case 'set':
      return `${setSql(does, `s.${id}`, split, forGood)} AS ${id}`;
    case 'retype':
      return `${does.forward} AS ${id}`;
    case 'add':
      return `${does.value} AS ${id}`;
    default:
      return `s.${id}`;
  }
}

/** What is set for good is set in rows that are gone too: the quarantine must not keep what was to go. */
function setSql(does: Extract<Primitive, { kind: 'set' }>, value: string, split: boolean, forGood: boolean): string {
  const hit = forGood && 'rule' in does.hit ? `coalesce(${does.hit.rule}, false)` : hitSql(does, split);
  return `CASE WHEN ${hit} THEN ${valueSql(does)} ELSE ${value} END`;
}

function liveAfter(live: readonly string[], does: Primitive): readonly string[] {
  if (does.kind === 'add') return [...live, does.column.id];
  return does.kind === 'drop' ? live.filter((id) => id !== does.column.id) : live;
}

/** Before a source column is changed or dropped for the first time, its values move to a column of their own. */
function sourcesAfter(sources: Stage['sources'], does: Primitive): Stage['sources'] {
  if (!(does.kind === 'set' || does.kind === 'retype' || does.kind === 'drop')) return sources;
  const { id } = does.column;
  return sources.get(id) === id ? new Map([...sources, [id, `source_${id}`]]) : sources;
}
