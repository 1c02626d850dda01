import type { Expr, Literal } from '../../../../src/core/plan.js';
import type { Cell } from './cells.js';
import { bits32Of, bitsOf, isFloatType, numberOf, someNaN } from './cells.js';

/** Thrown where a plan makes no sense, as the compiler refuses it. */
export class Nonsense extends Error {}

/** Thrown for a cast the oracle was not taught; what it gives is then not compared. */
export class Untaught extends Error {}

export interface OracleColumn {
  readonly id: number;
  name: string;
  type: string;
}

/** Reads the cell of a column in the row at hand. */
export type Read = (column: OracleColumn) => Cell;

/** A typed value of an expression; for BOOLEAN, null is unknown. */
export interface Valued {
  readonly type: string;
  readonly cell: Cell;
}

/** Evaluates an expression on one row by the letter of the rules, in plain TypeScript. */
export function evaluate(expr: Expr, columns: readonly OracleColumn[], read: Read): Valued {
  const on = (e: Expr): Valued => evaluate(e, columns, read);
  if ('col' in expr) {
    const column = columns.find((c) => c.name === expr.col);
    if (column === undefined) throw new Nonsense(`no column ${expr.col}`);
    return { type: column.type, cell: read(column) };
  }
  if ('lit' in expr) return { type: expr.lit.type, cell: literalCell(expr.lit) };
  if ('op' in expr) return arithmetic(expr.op, on(expr.args[0]), on(expr.args[1]));
  if ('cmp' in expr) return bool(compare(expr.cmp, on(expr.args[0]), on(expr.args[1])));
  if ('in' in expr) {
    const value = on(expr.in);
    const items = expr.list.map((l) => ({ type: l.type, cell: literalCell(l) }));
    if (items.some((i) => i.type !== value.type)) throw new Nonsense('in mixes types');
    return bool(items.some((i) => compare('=', value, i) === true));
  }
  if ('isNull' in expr) return bool(on(expr.isNull).cell === null);
  if ('keyedHash' in expr) throw new Error('the oracle has no key');
  if ('isNaN' in expr) {
    const { type, cell } = on(expr.isNaN);
    if (!isFloatType(type)) throw new Nonsense('isNaN of no float');
    return bool(cell !== null && Number.isNaN(numberOf(String(cell))));
  }
  if ('and' in expr) return bool(all(expr.and.map((e) => condition(on(e)))));
  if ('or' in expr) return bool(negate(all(expr.or.map((e) => negate(condition(on(e)))))));
  if ('not' in expr) return bool(negate(condition(on(expr.not))));
  const [yes, no] = [on(expr.then), on(expr.else)];
  if (yes.type !== no.type) throw new Nonsense('when mixes types');
  return condition(on(expr.when)) === true ? yes : no;
}

function bool(cell: boolean | null): Valued {
  return { type: 'BOOLEAN', cell };
}

function condition({ type, cell }: Valued): boolean | null {
  if (type !== 'BOOLEAN') throw new Nonsense('a condition that is none');
  return cell as boolean | null;
}

function all(terms: readonly (boolean | null)[]): boolean | null {
  if (terms.includes(false)) return false;
  return terms.includes(null) ? null : true;
}

function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

export function literalCell(literal: Literal): Cell {
  if ('bits' in literal) return literal.bits;
  const { type, text } = literal;
  if (text === null) return null;
  if (type === 'BOOLEAN') return text === 'true';
  if (type.endsWith('INT')) return BigInt(text);
  if (type === 'DOUBLE') return bitsOf(Number(text));
  if (type === 'FLOAT') return bits32Of(Number(text));
  if (type === 'BLOB') return [...text.matchAll(/\\x(..)/g)].map((m) => m[1]!.toLowerCase()).join('');
  return text;
}

function arithmetic(op: '+' | '-' | '*' | '/', left: Valued, right: Valued): Valued {
  if (left.type !== 'DOUBLE' || right.type !== 'DOUBLE') throw new Nonsense('arithmetic on no DOUBLE');
  if (left.cell === null || right.cell === null) return { type: 'DOUBLE', cell: null };
  const [a, b] = [numberOf(String(left.cell)), numberOf(String(right.cell))];
  const value = op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : a / b;
  return { type: 'DOUBLE', cell: Number.isNaN(value) ? someNaN : bitsOf(value) };
}

export function compare(cmp: '=' | '<' | '<=' | '>' | '>=', left: Valued, right: Valued): boolean | null {
  if (left.type !== right.type) throw new Nonsense('a comparison of two types');
  if (left.type.endsWith('[]')) throw new Nonsense('a comparison of lists');
  if (left.cell === null || right.cell === null) return null;
  const order = orderOf(left.type, left.cell, right.cell);
  if (order === null) return false;
  return cmp === '='
    ? order === 0
    : cmp === '<'
      ? order < 0
      : cmp === '<='
        ? order <= 0
        : cmp === '>'
          ? order > 0
          : order >= 0;
}

/** Below, equal or above 0; null where a NaN has no order. */
function orderOf(type: string, a: Cell, b: Cell): number | null {
  if (isFloatType(type)) {
    const [x, y] = [numberOf(String(a)), numberOf(String(b))];
    return Number.isNaN(x) || Number.isNaN(y) ? null : x < y ? -1 : x > y ? 1 : 0;
  }
  if (type === 'VARCHAR') return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  if (type.startsWith('DECIMAL')) return Number(a) - Number(b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (type === 'BOOLEAN') return Number(a) - Number(b);
  // Dates, times, UUIDs and hexadecimal bytes sort as their text does.
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
