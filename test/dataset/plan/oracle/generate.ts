import type { Expr, ListRef, Literal, Step, Verb, Where } from '../../../../src/core/plan.js';
import type { Lists, OracleTable } from './apply.js';
import type { OracleColumn } from './evaluate.js';
import type { Cell } from './cells.js';
import { casts } from './casts.js';
import { numberOf, pools, scalarTypes } from './cells.js';
import { keyText } from './apply.js';

/** Draws of a random case; shrunk by the caller's library. */
export interface Draw {
  /** 0..max. */
  int(max: number): number;
  /** True once in `n`. */
  once(n: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** Names that break careless SQL: internal ones, keywords, quotes. */
const names = [
  'select',
  'k',
  'copy',
  'q"x',
  'c0',
  'c1',
  'c2',
  'part',
  'gone',
  'file',
  'row',
  'old',
  'new',
  'value',
  'column',
  'step',
  'é',
  'a b',
  "it's",
  'row_key',
  'assay_weight',
  's',
  'l',
  'source_c0',
  '__k',
  'plan_stage_0',
  'line\nbreak',
];

export const allTypes = Object.keys(pools);

export interface Case {
  readonly table: OracleTable;
  readonly steps: readonly Step[];
  readonly lists: Lists;
  /** Value type of each list; null for lists of keys. */
  readonly listTypes: ReadonlyMap<string, string | null>;
}

export const sourceHash = 'source';

export function drawCell(draw: Draw, type: string): Cell {
  return draw.once(5) ? null : draw.pick(pools[type]!);
}

/** A table of 0..14 rows and 1..6 columns over all types, in one or two files, with or without holes and parts. */
export function drawTable(draw: Draw): OracleTable {
  const types = Array.from({ length: 1 + draw.int(5) }, () => (draw.once(3) ? 'DOUBLE' : draw.pick(allTypes)));
  const free = [...names];
  const columns = types.map((type, id): OracleColumn => ({
    id,
    name: free.splice(draw.int(free.length - 1), 1)[0]!,
    type,
  }));
  const split = draw.once(2);
  const holes = draw.once(4);
  let k = -1n;
  const rows = Array.from({ length: draw.int(14) }, (_, i) => {
    k = i === 7 ? 1n << 40n : k + 1n + BigInt(holes ? draw.int(2) : 0);
    return {
      k,
      copy: 0,
      part: split ? draw.int(4) : null,
      cells: new Map(columns.map((c) => [c.id, drawCell(draw, c.type)])),
    };
  });
  const label = draw.once(2) ? columns.find((c) => !c.type.endsWith('[]'))?.id : undefined;
  const weight = draw.once(3) ? columns.find((c) => c.type === 'DOUBLE' && c.id !== label)?.id : undefined;
  return { columns, rows, label: label ?? null, weight: weight ?? null };
}

/** What the plan so far did to the columns. */
interface Sketch {
  readonly columns: { id: number; name: string; type: string }[];
  readonly label: number | null;
  weight: number | null;
  next: number;
  /** Copies that lists may name. */
  readonly copies: number[];
  readonly lists: Map<string, Map<string, Cell>>;
  readonly listTypes: Map<string, string | null>;
}

/** A table with a plan of 1..5 steps over all verbs that makes sense on it. */
export function drawCase(draw: Draw): Case {
  const table = drawTable(draw);
  const sketch: Sketch = {
    columns: table.columns.map((c) => ({ ...c })),
    label: table.label,
    weight: table.weight,
    next: table.columns.length,
    copies: [0],
    lists: new Map(),
    listTypes: new Map(),
  };
  const steps: Step[] = [];
  let id = 0;
  const length = 1 + draw.int(4);
  while (steps.length < length) {
    id += 1 + (draw.once(5) ? draw.int(3) : 0);
    const verb = drawVerb(draw, id, table, sketch);
    steps.push({ id, defect: draw.pick(['one', 'two']), code: draw.pick(['code', "quo'te"]), ...verb });
  }
  return { table, steps, lists: sketch.lists, listTypes: sketch.listTypes };
}

function drawVerb(draw: Draw, id: number, table: OracleTable, sketch: Sketch): Verb {
  const row = sketch.columns;
  const free = row.filter((c) => c.id !== sketch.label && c.id !== sketch.weight);
  const where = (): Where => drawWhere(draw, table, sketch, row);
  const weighable = row.every((c) => c.id !== sketch.weight || c.type === 'DOUBLE');
  const label = row.find((c) => c.id === sketch.label);
  const kinds: (() => Verb | null)[] = [
    () => ({ verb: 'drop-row', where: where() }),
    () => {
      const times = 2 + draw.int(2);
      const verb: Verb = { verb: 'repeat-row', where: where(), times };
      for (let j = 1; j < times; j++) sketch.copies.push(id * 4096 + j);
      return verb;
    },
    () => (weighable ? weight(draw, sketch, where()) : null),
    () =>
      label === undefined ? null : ({ verb: 'set-label', ...drawSet(draw, table, sketch, label, row, true) } as Verb),
    () => (free.length === 0 ? null : setCell(draw, table, sketch, draw.pick(free), free)),
    () => (free.length === 0 ? null : setCell(draw, table, sketch, draw.pick(free), free)),
    () => (free.length === 0 || row.length === 1 ? null : dropColumn(sketch, draw.pick(free))),
    () => addColumn(draw, sketch, free),
    () => rename(draw, sketch, draw.pick(row)),
    () => (free.length === 0 ? null : cast(draw, draw.pick(free))),
    () => (free.length === 0 ? null : map(draw, draw.pick(free))),
    () => (free.length === 0 ? null : lookup(draw, draw.pick(free))),
  ];
  for (;;) {
    const verb = draw.pick(kinds)();
    if (verb !== null) return verb;
  }
}

function weight(draw: Draw, sketch: Sketch, where: Where): Verb {
  if (!sketch.columns.some((c) => c.id === sketch.weight)) {
    let name = 'assay_weight';
    while (sketch.columns.some((c) => c.name.toLowerCase() === name)) name += '_';
    sketch.weight = sketch.next;
    sketch.columns.push({ id: sketch.next++, name, type: 'DOUBLE' });
  }
  return { verb: 'weight-row', where, factor: draw.pick([0, 0.5, 1, 3]) };
}

type Cols = readonly { readonly name: string; readonly type: string }[];

function setCell(
  draw: Draw,
  table: OracleTable,
  sketch: Sketch,
  column: Sketch['columns'][number],
  readable: Cols,
): Verb {
  return {
    verb: 'set-cell',
    column: column.name,
    ...drawSet(draw, table, sketch, column, readable, false),
  } as Verb;
}

function drawSet(
  draw: Draw,
  table: OracleTable,
  sketch: Sketch,
  column: Cols[number],
  readable: Cols,
  rowPart: boolean,
): object {
  if (draw.once(3)) return { list: drawList(draw, table, sketch, column.type) };
  const keys = draw.once(4);
  const where = keys ? { keys: drawList(draw, table, sketch, null) } : drawWhere(draw, table, sketch, readable, true);
  return { where, to: drawExpr(draw, column.type, rowPart || keys ? sketch.columns : readable, 2) };
}

function drawWhere(draw: Draw, table: OracleTable, sketch: Sketch, readable: Cols, noKeys = false): Where {
  if (draw.once(6)) return { all: true };
  if (!noKeys && draw.once(3)) return { keys: drawList(draw, table, sketch, null) };
  return { rule: drawExpr(draw, 'BOOLEAN', readable, 3) };
}

/** A list that names some rows, copies and rows that are not there. */
function drawList(draw: Draw, table: OracleTable, sketch: Sketch, type: string | null): ListRef {
  const name = `list_${sketch.lists.size}`;
  const list = new Map<string, Cell>();
  for (const copy of [...sketch.copies, 99]) {
    for (const { k } of [...table.rows, { k: 77n }]) {
      if (draw.once(3)) list.set(keyText(k, copy), type === null ? null : drawCell(draw, type));
    }
  }
  sketch.lists.set(name, list);
  sketch.listTypes.set(name, type);
  return { list: name, of: sourceHash, ...(type !== null && draw.once(2) ? { type } : {}) };
}

function dropColumn(sketch: Sketch, column: Sketch['columns'][number]): Verb {
  sketch.columns.splice(sketch.columns.indexOf(column), 1);
  return { verb: 'drop-column', column: column.name };
}

function freeName(draw: Draw, sketch: Sketch): string {
  return draw.pick(names.filter((n) => !sketch.columns.some((c) => c.name.toLowerCase() === n.toLowerCase())));
}

function addColumn(draw: Draw, sketch: Sketch, readable: Cols): Verb {
  const type = draw.pick(allTypes);
  const as = drawExpr(draw, type, readable, 2);
  const name = freeName(draw, sketch);
  sketch.columns.push({ id: sketch.next++, name, type });
  return { verb: 'add-column', column: name, type, as };
}

function rename(draw: Draw, sketch: Sketch, column: Sketch['columns'][number]): Verb {
  const [from, to] = [column.name, freeName(draw, sketch)];
  column.name = to;
  return { verb: 'rename-column', column: from, to };
}

function cast(draw: Draw, column: Sketch['columns'][number]): Verb | null {
  const targets = Object.keys(casts[column.type] ?? {});
  if (targets.length === 0) return null;
  column.type = draw.pick(targets);
  return { verb: 'cast-column', column: column.name, to: column.type };
}

function map(draw: Draw, column: Sketch['columns'][number]): Verb {
  const to = draw.once(3) ? draw.pick(allTypes) : column.type;
  const as = drawExpr(draw, to, [column], 2);
  const inverse = draw.once(2) ? drawExpr(draw, column.type, [{ name: column.name, type: to }], 2) : undefined;
  column.type = to;
  return { verb: 'map-column', column: column.name, as, ...(inverse === undefined ? {} : { inverse }) };
}

function lookup(draw: Draw, column: Sketch['columns'][number]): Verb | null {
  const from = column.type;
  if (from.endsWith('[]')) return null;
  const to = draw.once(3) ? draw.pick(allTypes) : from;
  const isFloat = from === 'DOUBLE' || from === 'FLOAT';
  const findable = pools[from]!.filter((c) => !(isFloat && Number.isNaN(numberOf(String(c)))));
  const literals = Array.from(
    { length: 1 + draw.int(2) },
    () => [literalOf(from, draw.pick(findable)), literalOf(to, drawCell(draw, to))] as const,
  );
  const other = to === from && draw.once(2) ? 'keep' : draw.once(2) ? 'null' : literalOf(to, drawCell(draw, to));
  column.type = to;
  return { verb: 'map-column', column: column.name, lookup: literals, other };
}

/** An expression of a type over the given columns. */
export function drawExpr(draw: Draw, type: string, columns: Cols, depth: number): Expr {
  const own = columns.filter((c) => c.type === type);
  if (depth > 0 && draw.once(4)) {
    const sub = (t: string): Expr => drawExpr(draw, t, columns, depth - 1);
    // oxlint-disable-next-line unicorn/no-thenable -- the field's name in the plan format
    return { when: sub('BOOLEAN'), then: sub(type), else: sub(type) };
  }
  if (type === 'BOOLEAN' && depth > 0 && !draw.once(6)) return drawCondition(draw, columns, depth);
  if (type === 'DOUBLE' && depth > 0 && draw.once(2)) {
    const sub = (): Expr => drawExpr(draw, 'DOUBLE', columns, depth - 1);
    return { op: draw.pick(['+', '-', '*', '/'] as const), args: [sub(), sub()] };
  }
  if (own.length > 0 && !draw.once(3)) return { col: draw.pick(own).name };
  // List literals do not exist: lists are set from lists, by key, or to null.
  if (type.endsWith('[]')) return own.length > 0 ? { col: draw.pick(own).name } : { lit: { type, text: null } };
  return { lit: literalOf(type, drawCell(draw, type)) };
}

function drawCondition(draw: Draw, columns: Cols, depth: number): Expr {
  const sub = (type: string): Expr => drawExpr(draw, type, columns, depth - 1);
  const comparable = columns.map((c) => c.type).filter((t) => scalarTypes.includes(t));
  const type = comparable.length > 0 && !draw.once(6) ? draw.pick(comparable) : draw.pick(scalarTypes);
  switch (draw.int(7)) {
    case 0:
      return { and: Array.from({ length: draw.int(2) }, () => sub('BOOLEAN')) };
    case 1:
      return { or: Array.from({ length: draw.int(2) }, () => sub('BOOLEAN')) };
    case 2:
      return { not: sub('BOOLEAN') };
    case 3:
      return { isNull: sub(columns.length > 0 ? draw.pick(columns).type : type) };
    case 4:
      return { isNaN: sub(draw.pick(['DOUBLE', 'FLOAT'])) };
    case 5:
      return { in: sub(type), list: Array.from({ length: draw.int(3) }, () => literalOf(type, drawCell(draw, type))) };
    default:
      return { cmp: draw.pick(['=', '<', '<=', '>', '>='] as const), args: [sub(type), sub(type)] };
  }
}

function literalOf(type: string, cell: Cell): Literal {
  if (cell === null || Array.isArray(cell)) return { type, text: null };
  if (type === 'DOUBLE' || type === 'FLOAT') return { type, bits: String(cell) };
  if (type === 'BLOB') return { type, text: String(cell).replaceAll(/../g, (b) => `\\x${b.toUpperCase()}`) };
  return { type, text: String(cell) };
}
