import type { Cell } from './cells.js';
import { bits32Of, bitsOf, numberOf, someNaN } from './cells.js';

/** What a text of the pools is as a number; null where it is none. */
function numberIn(text: string): number | null {
  return text === 'nan' ? NaN : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A float as the engine writes it, as far as it can equal a text of the pools. */
function textOf(value: number): string {
  return Number.isNaN(value) ? 'nan' : Number.isInteger(value) ? `${value}.0` : String(value);
}

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  TINYINT: [-128n, 127n],
  BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
  UBIGINT: [0n, 2n ** 64n - 1n],
};

type Cast = (cell: Exclude<Cell, null>) => Cell;

const toInteger =
  (type: string): Cast =>
  (cell) => {
    const [low, high] = ranges[type]!;
    const value = typeof cell === 'bigint' ? cell : /^-?\d+$/.test(String(cell)) ? BigInt(String(cell)) : null;
    return value !== null && value >= low && value <= high ? value : null;
  };

const roundedTo =
  (type: string): Cast =>
  (cell) => {
    const value = numberOf(String(cell));
    // Only whole numbers occur: this is the way back from an integer.
    return Number.isFinite(value) ? toInteger(type)(BigInt(value)) : null;
  };

const text: Cast = (cell) => String(cell);

/** The casts that random plans use, there and back, written by hand. */
export const casts: Readonly<Record<string, Readonly<Record<string, { there: Cast; back: Cast }>>>> = {
  TINYINT: {
    VARCHAR: { there: text, back: toInteger('TINYINT') },
    BIGINT: { there: (c) => c, back: toInteger('TINYINT') },
    DOUBLE: { there: (c) => bitsOf(Number(c)), back: roundedTo('TINYINT') },
  },
  BIGINT: {
    TINYINT: { there: toInteger('TINYINT'), back: (c) => c },
    UBIGINT: { there: toInteger('UBIGINT'), back: toInteger('BIGINT') },
    VARCHAR: { there: text, back: toInteger('BIGINT') },
    DOUBLE: { there: (c) => bitsOf(Number(c)), back: roundedTo('BIGINT') },
  },
  UBIGINT: {
    BIGINT: { there: toInteger('BIGINT'), back: toInteger('UBIGINT') },
    VARCHAR: { there: text, back: toInteger('UBIGINT') },
  },
  BOOLEAN: { VARCHAR: { there: text, back: (c) => (c === 'true' ? true : c === 'false' ? false : null) } },
  FLOAT: { DOUBLE: { there: widened, back: narrowed } },
  'DECIMAL(9,2)': { VARCHAR: { there: text, back: text } },
  DATE: { VARCHAR: { there: text, back: text } },
  TIME: { VARCHAR: { there: text, back: text } },
  UUID: { VARCHAR: { there: text, back: text } },
  VARCHAR: {
    DOUBLE: {
      there: (c) => {
        const value = numberIn(String(c));
        return value === null ? null : Number.isNaN(value) ? someNaN : bitsOf(value);
      },
      back: (c) => textOf(numberOf(String(c))),
    },
  },
};

function widened(cell: Exclude<Cell, null>): Cell {
  const value = numberOf(String(cell));
  return Number.isNaN(value) ? someNaN : bitsOf(value);
}

function narrowed(cell: Exclude<Cell, null>): Cell {
  const value = numberOf(String(cell));
  return Number.isNaN(value) ? someNaN : bits32Of(value);
}
