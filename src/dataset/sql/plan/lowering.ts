import type { Dialect } from '../../../core/engine.js';
import type { Expr, ListRef, Where } from '../../../core/plan.js';
import type { RecordedStep } from './compiled.js';
import type { Scene } from './expressions.js';
import type { LiveColumn, LiveColumns } from './live-columns.js';
import type { ColumnThen, Hit, Primitive } from './primitives.js';
import type { Refuse } from './refuse.js';
import { isFeatureStep } from '../../../core/plan.js';
import { compileExpr, truth } from './expressions.js';
import { doubleLiteral } from '../../../core/plan.js';
import { literalSql } from './literals.js';
import { compileRetype } from './retype.js';
import { canonicalType, isAdmitted } from './type-names.js';

/** Where a step is lowered: the columns that live before it, which it moves on. */
export interface Place {
  readonly columns: LiveColumns;
  readonly dialect: Dialect;
  readonly refuse: Refuse;
  /** True where the row part may hit training rows only. */
  readonly trainOnly: boolean;
}

/** A step as primitives, at most two; `place.columns` is then as after the step. */
export function lowerStep(step: RecordedStep, place: Place): readonly Primitive[] {
  if ('irreversible' in step && step.irreversible !== undefined && step.verb !== 'set-cell')
    place.refuse('only set-cell may be irreversible');
  switch (step.verb) {
    case 'drop-row':
      return [{ kind: 'gone', ...rowPart(step.where, place) }];
    case 'repeat-row':
      return [repeat(step.where, step.times, place)];
    case 'weight-row':
      return weight(step, place);
    case 'set-label':
      return [setLabel(step, place)];
    case 'set-cell':
      return [setCell(step, place)];
    case 'add-column':
      return [addColumn(step, place)];
    case 'drop-column':
      return [dropColumn(step.column, place)];
    case 'rename-column':
      return [renameColumn(step, place)];
    case 'cast-column':
    case 'map-column':
      return [retype(step, place)];
    default:
      return place.refuse(`there is no verb ${JSON.stringify((step as { verb: unknown }).verb)}`);
  }
}

/** The keyed list of a step; null where it goes by rule or has none. */
export function listOf(step: RecordedStep): ListRef | null {
  if ('list' in step) return step.list;
  return 'where' in step && 'keys' in step.where ? step.where.keys : null;
}

/** True for a step that serving repeats; a recorded weight step is none. */
export function isFeature(step: RecordedStep): boolean {
  return step.verb !== 'weight-row' && isFeatureStep(step);
}

function rowPart(where: Where, place: Place): { hit: Hit; trainOnly: boolean } {
  return { hit: hitOf(where, sceneOf(place)), trainOnly: place.trainOnly };
}

function hitOf(where: Where, scene: Scene): Hit {
  if ('all' in where) return { rule: 'true' };
  if ('keys' in where) return { list: where.keys };
  return { rule: truth(compileExpr(where.rule, scene), scene.refuse) };
}

function repeat(where: Where, times: number, place: Place): Primitive {
  if (!Number.isInteger(times) || times < 2 || times > 4096) place.refuse(`times is ${times}, not in 2..4096`);
  return { kind: 'repeat', ...rowPart(where, place), times };
}

function weight(step: Extract<RecordedStep, { verb: 'weight-row' }>, place: Place): readonly Primitive[] {
  const known = place.columns.weight;
  const column = known ?? place.columns.addWeight(place.refuse);
  if (column.type !== 'DOUBLE') place.refuse(`the weight column is ${column.type}; cast it to DOUBLE first`);
  const added: Primitive[] = known === undefined ? [{ kind: 'add', column: then(column), value: one(place) }] : [];
  column.touched = true;
  if ('list' in step) return [...added, set(column, { list: step.list }, null, place.trainOnly)];
  if (!(Number.isFinite(step.factor) && step.factor >= 0)) {
    place.refuse(`the factor is ${step.factor}, not a finite number of at least 0`);
  }
  const factor = literalSql(doubleLiteral(step.factor), place.dialect, place.refuse).sql;
  const { hit, trainOnly } = rowPart(step.where, place);
  return [...added, set(column, hit, `(${column.id} * ${factor})`, trainOnly)];
}

function one(place: Place): string {
  return literalSql(doubleLiteral(1), place.dialect, place.refuse).sql;
}

function setLabel(step: Extract<RecordedStep, { verb: 'set-label' }>, place: Place): Primitive {
  const column = place.columns.all.find((c) => c.id === place.columns.label);
  if (column === undefined) return place.refuse('the study has no label');
  column.touched = true;
  if ('list' in step) return set(column, valuesOf(step.list, column, place), null, place.trainOnly);
  const { hit, trainOnly } = rowPart(step.where, place);
  return set(column, hit, valueOf(step.to, column, sceneOf(place)), trainOnly);
}

function setCell(step: Extract<RecordedStep, { verb: 'set-cell' }>, place: Place): Primitive {
  const column = place.columns.named(step.column, place.refuse);
  settable(column, place);
  column.touched = true;
  if ('list' in step) return set(column, valuesOf(step.list, column, place), null, place.trainOnly);
  if ('keys' in step.where) {
    return set(column, { list: step.where.keys }, valueOf(step.to, column, sceneOf(place)), place.trainOnly);
  }
  notLabelOrWeight(column, place);
  const scene = servingScene(place);
  return set(column, hitOf(step.where, scene), valueOf(step.to, column, scene), false);
}

function set(column: LiveColumn, hit: Hit, value: string | null, trainOnly: boolean): Primitive {
  return { kind: 'set', hit, trainOnly, column: then(column), value };
}

/** A list whose values are known to have another type than the column is refused. */
function valuesOf(list: ListRef, column: LiveColumn, place: Place): Hit {
  settable(column, place);
  const type = list.type === undefined ? column.type : canonicalType(list.type);
  if (type !== column.type)
    place.refuse(`the list brings ${type} for the column ${JSON.stringify(column.name)}, which is ${column.type}`);
  return { list };
}

function valueOf(to: Expr, column: LiveColumn, scene: Scene): string {
  const value = compileExpr(to, scene);
  if (value.type !== column.type) {
    scene.refuse(`a ${value.type} is set into the column ${JSON.stringify(column.name)}, which is ${column.type}`);
  }
  return value.sql;
}

function settable(column: LiveColumn, place: Place): void {
  if (!isAdmitted(column.type)) place.refuse(`values of type ${column.type} can be carried, dropped and renamed only`);
}

function addColumn(step: Extract<RecordedStep, { verb: 'add-column' }>, place: Place): Primitive {
  const value = compileExpr(step.as, servingScene(place));
  const type = canonicalType(step.type);
  if (!isAdmitted(type)) place.refuse(`no column of type ${type} can be added`);
  if (value.type !== type) place.refuse(`a column of type ${type} is added as ${value.type}`);
  return { kind: 'add', column: then(place.columns.add(step.column, type, place.refuse)), value: value.sql };
}

function dropColumn(name: string, place: Place): Primitive {
  const column = place.columns.named(name, place.refuse);
  if (column.id === place.columns.label) place.refuse('the label cannot be dropped');
  if (place.columns.all.length === 1) place.refuse('no column would be left');
  place.columns.remove(column);
  return { kind: 'drop', column: then(column) };
}

function renameColumn(step: Extract<RecordedStep, { verb: 'rename-column' }>, place: Place): Primitive {
  const column = place.columns.named(step.column, place.refuse);
  const before = then(column);
  place.columns.rename(column, step.to, place.refuse);
  return { kind: 'rename', column: before };
}

function retype(step: Extract<RecordedStep, { verb: 'cast-column' | 'map-column' }>, place: Place): Primitive {
  const column = place.columns.named(step.column, place.refuse);
  if (step.verb === 'map-column') notLabelOrWeight(column, place);
  if (column.id === place.columns.label) place.refuse('the label cannot be cast');
  const before = then(column);
  const { to, forward, inverse } = compileRetype(step, column.type, place.dialect, place.refuse);
  column.type = to;
  column.touched = true;
  return { kind: 'retype', column: before, to, forward: forward(column.id), inverse };
}

/** Feature steps hit evaluation rows too, whose labels and weights never change. */
function notLabelOrWeight(column: LiveColumn, place: Place): void {
  if (column.id === place.columns.label) place.refuse('only set-label changes the label');
  if (column === place.columns.weight) place.refuse('only weight-row changes the weight');
}

function then(column: LiveColumn): ColumnThen {
  return { id: column.id, name: column.name, type: column.type };
}

function sceneOf(place: Place): Scene {
  return {
    dialect: place.dialect,
    refuse: place.refuse,
    column: (name) => {
      const column = place.columns.named(name, place.refuse);
      return { sql: column.id, type: column.type };
    },
  };
}

/** What a feature step may read: what a scored row has. The label and the weight would leak. */
function servingScene(place: Place): Scene {
  return {
    ...sceneOf(place),
    column: (name) => {
      const column = place.columns.named(name, place.refuse);
      const leak = column.id === place.columns.label ? 'label' : column === place.columns.weight ? 'weight' : null;
      if (leak !== null) {
        place.refuse(`it reads the ${leak} ${JSON.stringify(name)}, which a scored row does not have: leakage`);
      }
      return { sql: column.id, type: column.type };
    },
  };
}
