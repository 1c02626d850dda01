import type { Expr } from '../../../../src/core/plan.js';
import type { RecordedStep } from '../../../../src/dataset/sql/plan/compiled.js';
import type { Cell } from './cells.js';
import type { OracleColumn, Valued } from './evaluate.js';
import { casts } from './casts.js';
import { bitsOf, isFloatType, numberOf, someNaN } from './cells.js';
import { compare, evaluate, literalCell, Nonsense, Untaught } from './evaluate.js';

/** A table in memory; rows in key order. */
export interface OracleTable {
  readonly columns: readonly OracleColumn[];
  readonly rows: readonly OracleRow[];
  /** Ids of the label and weight columns. */
  readonly label: number | null;
  readonly weight: number | null;
}

export interface OracleRow {
  readonly k: bigint;
  readonly copy: number;
  /** 0..4, or null where the table is not split. */
  readonly part: number | null;
  readonly cells: ReadonlyMap<number, Cell>;
}

/** An entry of the change log. */
export interface Entry {
  readonly step: number;
  readonly k: bigint;
  readonly copy: number;
  readonly column: string | null;
  readonly old: Valued | null;
  readonly now: Valued | null;
}

/** A step as it may be applied again: a weight step may bring a list of its own. */
type Step = RecordedStep;

/** Keyed lists by name: (k, copy) and, where the list brings values, the value. */
export type Lists = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

export const keyText = (k: bigint, copy: number): string => `${k}/${copy}`;

export interface Applied {
  readonly columns: readonly OracleColumn[];
  /** Live rows by (k, copy). */
  readonly rows: readonly OracleRow[];
  /** Keys of original rows that are gone. */
  readonly gone: readonly bigint[];
  readonly entries: readonly Entry[];
  /** The column each step works on, as it was before it. */
  readonly touches: readonly Touch[];
}

export interface Touch {
  readonly step: number;
  readonly id: number;
  readonly name: string;
  readonly type: string;
}

interface Row {
  k: bigint;
  copy: number;
  part: number | null;
  gone: boolean;
  cells: Map<number, Cell>;
}

interface State {
  columns: OracleColumn[];
  rows: Row[];
  next: number;
  label: number | null;
  weight: number | null;
  lists: Lists;
  /** True where row steps hit training rows only. */
  trainOnly: boolean;
  entries: Entry[];
  touches: Touch[];
}

/** Applies a plan row by row, by the letter of its rules. Throws {@link Nonsense} where a plan makes none. */
export function applyPlan(table: OracleTable, steps: readonly Step[], lists: Lists, trainOnly: boolean): Applied {
  const state: State = {
    columns: table.columns.map((c) => ({ ...c })),
    rows: table.rows.map((r) => ({ ...r, gone: false, cells: new Map(r.cells) })),
    next: table.columns.length,
    label: table.label,
    weight: table.weight,
    lists,
    trainOnly,
    entries: [],
    touches: [],
  };
  for (const step of steps) applyStep(step, state);
  return {
    columns: state.columns,
    rows: state.rows.filter((r) => !r.gone).sort(byKey),
    gone: state.rows.filter((r) => r.gone && r.copy === 0).map((r) => r.k),
    entries: state.entries,
    touches: state.touches,
  };
}

function byKey(a: OracleRow, b: OracleRow): number {
  return a.k < b.k ? -1 : a.k > b.k ? 1 : a.copy - b.copy;
}

function applyStep(step: Step, state: State): void {
  switch (step.verb) {
    case 'drop-row':
      for (const row of hitRows(step.where, state, true)) {
        row.gone = true;
        log(step, row, null, null, null, state);
      }
      return;
    case 'repeat-row':
      return repeat(step, state);
    case 'weight-row': {
      const column = state.columns.find((c) => c.id === state.weight) ?? addWeight(state);
      if (column.type !== 'DOUBLE') throw new Nonsense('a weight that is no DOUBLE');
      if ('list' in step) return setStep(step, column, state);
      const factor = { lit: { type: 'DOUBLE' as const, bits: bitsOf(step.factor) } };
      return setCells(
        step,
        column,
        hitRows(step.where, state, true),
        { op: '*', args: [{ col: column.name }, factor] },
        state,
      );
    }
    case 'set-label':
    case 'set-cell':
      return setStep(step, setColumn(step, state), state);
    case 'drop-column':
      touch(step, named(step.column, state), state);
      if (named(step.column, state).id === state.label) throw new Nonsense('the label goes');
      if (state.columns.length === 1) throw new Nonsense('the last column goes');
      state.columns = state.columns.filter((c) => c.name !== step.column);
      return;
    case 'add-column': {
      if (typeIn(step.as, state) !== step.type) throw new Nonsense('added as another type');
      const column = addColumn(step.column, step.type, state);
      touch(step, column, state);
      for (const row of state.rows) {
        row.cells.set(column.id, valueIn(step.as, row, state, column).cell);
      }
      return;
    }
    case 'rename-column': {
      const column = named(step.column, state);
      free(step.to, column, state);
      touch(step, column, state);
      column.name = step.to;
      return;
    }
    default:
      return retype(step, state);
  }
}

function repeat(step: Extract<Step, { verb: 'repeat-row' }>, state: State): void {
  for (const row of hitRows(step.where, state, true)) {
    if (row.copy !== 0) continue;
    log(step, row, null, null, null, state);
    for (let j = 1; j < step.times; j++) {
      state.rows.push({ ...row, copy: step.id * 4096 + j, cells: new Map(row.cells) });
    }
  }
}

function setColumn(step: Extract<Step, { verb: 'set-label' | 'set-cell' }>, state: State): OracleColumn {
  if (step.verb === 'set-cell') return named(step.column, state);
  const label = state.columns.find((c) => c.id === state.label);
  if (label === undefined) throw new Nonsense('no label');
  return label;
}

type SetStep = Extract<Step, { verb: 'set-label' | 'set-cell' }> | Extract<Step, { verb: 'weight-row'; list: unknown }>;

function setStep(step: SetStep, column: OracleColumn, state: State): void {
  if ('list' in step) {
    if (step.list.type !== undefined && step.list.type !== column.type) throw new Nonsense('a list of another type');
    const values = state.lists.get(step.list.list)!;
    const rows = hitRows({ keys: step.list }, state, true);
    return setCells(
      step,
      column,
      rows,
      (row) => ({ type: column.type, cell: values.get(keyText(row.k, row.copy))! }),
      state,
    );
  }
  const rowPart = step.verb === 'set-label' || 'keys' in step.where;
  setCells(step, column, hitRows(step.where, state, rowPart), step.to, state);
}

function setCells(
  step: Step,
  column: OracleColumn,
  rows: readonly Row[],
  to: Expr | ((row: Row) => Valued),
  state: State,
): void {
  touch(step, column, state);
  if (typeof to !== 'function' && typeIn(to, state) !== column.type) throw new Nonsense('set to another type');
  const values = rows.map((row) => (typeof to === 'function' ? to(row) : valueIn(to, row, state)));
  for (const [i, row] of rows.entries()) {
    const now = values[i]!;
    if (now.type !== column.type) throw new Nonsense('set to another type');
    const old = { type: column.type, cell: row.cells.get(column.id)! };
    if (differ(old, now)) log(step, row, column.name, old, now, state);
    row.cells.set(column.id, now.cell);
  }
}

function retype(step: Extract<Step, { verb: 'cast-column' | 'map-column' }>, state: State): void {
  const column = named(step.column, state);
  touch(step, column, state);
  const from = column.type;
  const { there, back, to } = wayOf(step, from);
  for (const row of state.rows) {
    const old = { type: from, cell: row.cells.get(column.id)! };
    const now = there(old);
    const again = back?.(now);
    if (!row.gone && row.copy === 0 && (again === undefined || differ(old, again))) {
      log(step, row, column.name, old, now, state);
    }
    row.cells.set(column.id, now.cell);
  }
  column.type = to;
}

function through(f: (cell: Exclude<Cell, null>) => Cell, type: string): (v: Valued) => Valued {
  return (v) => ({ type, cell: v.cell === null ? null : f(v.cell) });
}

interface Way {
  readonly to: string;
  readonly there: (value: Valued) => Valued;
  readonly back: ((value: Valued) => Valued) | null;
}

function wayOf(step: Extract<Step, { verb: 'cast-column' | 'map-column' }>, from: string): Way {
  if (step.verb === 'cast-column') {
    const { there, back } = casts[from]?.[step.to] ?? { there: null, back: null };
    if (there === null) throw new Untaught(`${from} to ${step.to}`);
    return { to: step.to, there: through(there, step.to), back: through(back, from) };
  }
  if ('lookup' in step) return lookupWay(step, from);
  const own = (type: string): OracleColumn => ({ id: 0, name: step.column, type });
  const to = evaluate(step.as, [own(from)], () => null).type;
  const { inverse } = step;
  if (inverse !== undefined && evaluate(inverse, [own(to)], () => null).type !== from) throw new Nonsense('no inverse');
  return {
    to,
    there: (v) => evaluate(step.as, [own(from)], () => v.cell),
    back: inverse === undefined ? null : (v) => evaluate(inverse, [own(to)], () => v.cell),
  };
}

function lookupWay(step: Extract<Step, { lookup: unknown }>, from: string): Way {
  const pairs = step.lookup.map(([a, b]) => [valued(a), valued(b)] as const);
  const other = typeof step.other === 'string' ? null : valued(step.other);
  const to = pairs[0]?.[1].type ?? other?.type ?? from;
  const fits =
    pairs.every(([key, made]) => key.type === from && made.type === to) && (other ?? { type: to }).type === to;
  if (!fits || (step.other === 'keep' && to !== from)) throw new Nonsense('a lookup of other types');
  const rest = (v: Valued): Valued => (step.other === 'keep' ? v : (other ?? { type: to, cell: null }));
  return {
    to,
    there: (v) => pairs.find(([key]) => compare('=', key, v) === true)?.[1] ?? rest(v),
    back: (v) =>
      pairs.find(([, made]) => !to.endsWith('[]') && compare('=', made, v) === true)?.[0] ??
      (to === from ? v : { type: from, cell: null }),
  };
}

function valued(literal: Parameters<typeof literalCell>[0]): Valued {
  return { type: literal.type, cell: literalCell(literal) };
}

/** Rows a step hits; a gone row is never hit, and a row step may be held to training rows. */
function hitRows(
  where: { rule: Expr } | { keys: { list: string } } | { all: true },
  state: State,
  rowPart: boolean,
): readonly Row[] {
  const inPart = (row: Row): boolean => !(rowPart && state.trainOnly && row.part !== null && row.part > 1);
  if ('rule' in where && typeIn(where.rule, state) !== 'BOOLEAN') throw new Nonsense('a rule that is no condition');
  const hit = (row: Row): boolean => {
    if ('all' in where) return true;
    if ('keys' in where) return state.lists.get(where.keys.list)!.has(keyText(row.k, row.copy));
    return valueIn(where.rule, row, state).cell === true;
  };
  return state.rows.filter((row) => hit(row) && !row.gone && inPart(row));
}

function touch(step: Step, column: OracleColumn, state: State): void {
  state.touches.push({ step: step.id, id: column.id, name: column.name, type: column.type });
}

/** The type of an expression; on a row of nulls every part of it is looked at. */
function typeIn(expr: Expr, state: State): string {
  return evaluate(expr, state.columns, () => null).type;
}

function valueIn(expr: Expr, row: Row, state: State, except?: OracleColumn): Valued {
  return evaluate(
    expr,
    state.columns.filter((c) => c !== except),
    (column) => row.cells.get(column.id)!,
  );
}

/** Different in bits; a NaN always counts as different, and so does a list. */
function differ(old: Valued, now: Valued): boolean {
  if (old.type.endsWith('[]')) return true;
  if (isFloatType(old.type) && old.cell !== null && Number.isNaN(numberOf(String(old.cell)))) return true;
  return old.cell === someNaN || old.cell !== now.cell;
}

function log(step: Step, row: Row, column: string | null, old: Valued | null, now: Valued | null, state: State): void {
  state.entries.push({ step: step.id, k: row.k, copy: row.copy, column, old, now });
}

function named(name: string, state: State): OracleColumn {
  const column = state.columns.find((c) => c.name === name);
  if (column === undefined) throw new Nonsense(`no column ${name}`);
  return column;
}

function free(name: string, except: OracleColumn | null, state: State): void {
  const taken = state.columns.some((c) => c !== except && c.name.toLowerCase() === name.toLowerCase());
  if (taken) throw new Nonsense(`the name ${name} is taken`);
}

function addColumn(name: string, type: string, state: State): OracleColumn {
  free(name, null, state);
  const column = { id: state.next++, name, type };
  state.columns.push(column);
  return column;
}

function addWeight(state: State): OracleColumn {
  let name = 'assay_weight';
  while (state.columns.some((c) => c.name.toLowerCase() === name)) name += '_';
  const column = addColumn(name, 'DOUBLE', state);
  for (const row of state.rows) row.cells.set(column.id, bitsOf(1));
  state.weight = column.id;
  return column;
}
