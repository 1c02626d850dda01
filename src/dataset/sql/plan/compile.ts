import type { Query } from '../../../core/engine.js';
import type { Plan } from '../../../core/plan.js';
import type { Relation } from '../../../core/relation.js';
import type { Compiled, CompiledColumn, CompileOptions, RecordedStep, StepEffect } from './compiled.js';
import type { Lowered, Primitive } from './primitives.js';
import type { Stage } from './stages.js';
import { AssayError } from '../../../core/errors.js';
import { changesSql, pairsOf } from './changes.js';
import { LiveColumns } from './live-columns.js';
import { textSql } from './literals.js';
import { isFeature, listOf, lowerStep } from './lowering.js';
import { refuseStep } from './refuse.js';
import { stagesOf, withStages } from './stages.js';

/**
 * Compiles a plan over a relation to queries, the one place where data is altered. Nothing runs here. A step whose
 * keyed list belongs to another source is left out and named in `skipped`.
 * @throws AssayError `plan-refused`, naming the step: types that differ, an unknown column, a name taken, leakage.
 */
export function compilePlan(relation: Relation, plan: Plan, o: CompileOptions): Compiled {
  return compileSteps(relation, plan.steps, o);
}

/** {@link compilePlan} for steps some of which are recorded ones. */
export function compileSteps(relation: Relation, steps: readonly RecordedStep[], o: CompileOptions): Compiled {
  checkIds(steps);
  const inScope = o.scope === 'features' ? steps.filter(isFeature) : steps;
  const fits = (step: RecordedStep): boolean => (listOf(step)?.of ?? relation.hash) === relation.hash;
  const columns = new LiveColumns(relation, o.roles);
  const lowered = inScope.filter(fits).flatMap((step) =>
    lowerStep(step, {
      columns,
      dialect: o.dialect,
      refuse: refuseStep(step.id),
      trainOnly: o.scope === 'train-rows',
    }).map((does): Lowered => ({ step, does })),
  );
  const stages = stagesOf(relation, lowered);
  return {
    ...queriesOf(relation, lowered, stages, o),
    columns: columns.all.map(({ id, name, type, touched }): CompiledColumn => ({ id, name, type, touched })),
    weight: columns.weight?.id ?? null,
    pairs: pairsOf(lowered),
    dropped: droppedOf(relation, lowered),
    rowsTouched: lowered.some(({ step }) => ['drop-row', 'repeat-row', 'weight-row'].includes(step.verb)),
    inOrder: keepsOrder(lowered),
    effects: lowered.flatMap(({ step, does }) => effectOf(step.id, does)),
    skipped: inScope.filter((step) => !fits(step)).map((step) => step.id),
  };
}

function checkIds(steps: readonly RecordedStep[]): void {
  let last = 0;
  for (const { id } of steps) {
    // A copy is numbered id * 4096 + j in 32 bits.
    if (!Number.isInteger(id) || id <= last || id > 500_000) {
      throw new AssayError('plan-refused', { step: id, reason: `step ids ascend from 1, and ${id} follows ${last}` });
    }
    last = id;
  }
}

function queriesOf(
  relation: Relation,
  lowered: readonly Lowered[],
  stages: readonly Stage[],
  o: CompileOptions,
): Pick<Compiled, 'result' | 'changes' | 'quarantine' | 'quarantineColumns'> {
  const text = (value: string): string => textSql(value, o.dialect);
  const query = (sql: string): Query => ({ sql: withStages(stages) + sql });
  const last = stages.at(-1)!;
  const part = relation.split ? ['s.part'] : [];
  const sourceColumns = (ids: readonly string[]): string[] => ids.map((id) => `s.${last.sources.get(id)!} AS ${id}`);
  const ids = relation.columns.map((c) => c.id);
  const dropped = droppedOf(relation, lowered);
  const live = ['s.k', 's.copy', ...part, ...last.live.map((id) => `s.${id}`)].join(', ');
  const from = (columns: readonly string[], where: string): Query =>
    query(`SELECT ${['s.k', ...columns].join(', ')} FROM ${last.name} AS s WHERE ${where}`);
  return {
    result: query(`SELECT ${live} FROM ${last.name} AS s WHERE NOT s.gone`),
    changes: query(changesSql(lowered, stages, { pairs: pairsOf(lowered), split: relation.split, text })),
    quarantine: from(sourceColumns(ids), 's.gone AND s.copy = 0'),
    quarantineColumns: dropped.length === 0 ? null : from(sourceColumns(dropped), 'NOT s.gone AND s.copy = 0'),
  };
}

function droppedOf(relation: Relation, lowered: readonly Lowered[]): readonly string[] {
  const gone = new Set(lowered.flatMap(({ does }) => (does.kind === 'drop' ? [does.column.id] : [])));
  return relation.columns.filter((c) => gone.has(c.id)).map((c) => c.id);
}

/** Scans, filters and one unnest keep the order of rows; a join does not, and a second repeat puts its copies first. */
function keepsOrder(lowered: readonly Lowered[]): boolean {
  const joins = lowered.some(({ does }) => 'hit' in does && 'list' in does.hit);
  return !joins && lowered.filter(({ does }) => does.kind === 'repeat').length < 2;
}

function effectOf(step: number, does: Primitive): StepEffect {
  if (!('column' in does)) return { step, kind: does.kind, column: null, name: null, from: null, to: null };
  const { id, name, type } = does.column;
  return { step, kind: does.kind, column: id, name, from: type, to: does.kind === 'retype' ? does.to : type };
}
