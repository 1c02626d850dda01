import type { Dialect } from '../../../core/engine.js';
import type { Literal, TypeName } from '../../../core/plan.js';
import type { Refuse } from './refuse.js';
import { canonicalType, decimalOf, isAdmitted, isFloat } from './type-names.js';

/** A constant as SQL. `isNull` and `isNaN` let guards be left out. */
export interface LiteralSql {
  readonly sql: string;
  readonly type: TypeName;
  readonly isNull: boolean;
  readonly isNaN: boolean;
}

/** SQL of a literal, every bit of a float kept. Refused: types no step may make, and text its type cannot hold. */
export function literalSql(literal: Literal, dialect: Dialect, refuse: Refuse): LiteralSql {
  const type = canonicalType(literal.type);
  if (!isAdmitted(type)) refuse(`a value cannot have the type ${type}`);
  if ('bits' in literal) return bitsSql(literal.bits, type, refuse);
  if (literal.text === null) return { sql: `CAST(NULL AS ${type})`, type, isNull: true, isNaN: false };
  checkText(literal.text, type, refuse);
  const isNaN = isFloat(type) && /nan/i.test(literal.text);
  const sql = type === 'VARCHAR' ? textSql(literal.text, dialect) : `CAST(${dialect.text(literal.text)} AS ${type})`;
  return { sql, type, isNull: false, isNaN };
}

/** SQL of a text. One with a NUL goes as hexadecimal: a statement ends at a NUL. */
export function textSql(text: string, dialect: Dialect): string {
  return text.includes('\0') ? `decode(from_hex('${Buffer.from(text, 'utf8').toString('hex')}'))` : dialect.text(text);
}

function bitsSql(bits: string, type: TypeName, refuse: Refuse): LiteralSql {
  const digits = type === 'DOUBLE' ? 16 : type === 'FLOAT' ? 8 : 0;
  if (bits.length !== digits || !/^[0-9a-f]+$/i.test(bits)) refuse(`"${bits}" are not the bits of a ${type}`);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`) << BigInt(64 - 4 * digits));
  const value = digits === 16 ? view.getFloat64(0) : view.getFloat32(0);
  const isNaN = Number.isNaN(value);
  const text = Object.is(value, -0) ? '-0.0' : String(value);
  const sql = isNaN ? `CAST(CAST('${binary(bits)}' AS BIT) AS ${type})` : `CAST('${text}' AS ${type})`;
  return { sql, type, isNull: false, isNaN };
}

function binary(bits: string): string {
  return BigInt(`0x${bits}`)
    .toString(2)
    .padStart(bits.length * 4, '0');
}

/** Least and greatest value of the whole-number types of at most 64 bits. */
export const integerRange: Readonly<Record<string, readonly [bigint, bigint]>> = {
  TINYINT: [-(2n ** 7n), 2n ** 7n - 1n],
  SMALLINT: [-(2n ** 15n), 2n ** 15n - 1n],
  INTEGER: [-(2n ** 31n), 2n ** 31n - 1n],
  BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
  UTINYINT: [0n, 2n ** 8n - 1n],
  USMALLINT: [0n, 2n ** 16n - 1n],
  UINTEGER: [0n, 2n ** 32n - 1n],
  UBIGINT: [0n, 2n ** 64n - 1n],
};

const shapes: Readonly<Record<string, RegExp>> = {
  BOOLEAN: /^(true|false)$/i,
  FLOAT: /^[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf|infinity|nan)$/i,
  DOUBLE: /^[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf|infinity|nan)$/i,
  DATE: /^([+-]?\d{1,7}-\d{1,2}-\d{1,2}( \(BC\))?|-?infinity)$/i,
  TIME: /^\d{1,2}:\d{2}:\d{2}(\.\d{1,6})?$/,
  UUID: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};

/** Engines round or clip text that does not fit its type, each in its own way; here it is refused. */
function checkText(text: string, type: TypeName, refuse: Refuse): void {
  const range = integerRange[type];
  const decimal = decimalOf(type);
  const shape = shapes[type];
  const fits =
    range !== undefined
      ? /^[+-]?\d+$/.test(text) && BigInt(text) >= range[0] && BigInt(text) <= range[1]
      : decimal !== null
        ? fitsDecimal(text, decimal)
        : shape === undefined || shape.test(text);
  if (!fits) refuse(`${JSON.stringify(text)} is not a ${type}`);
}

function fitsDecimal(text: string, { precision, scale }: { precision: number; scale: number }): boolean {
  const match = /^[+-]?0*(\d*)(?:\.(\d*?)0*)?$/.exec(text);
  return match !== null && match[1]!.length <= precision - scale && (match[2] ?? '').length <= scale;
}
