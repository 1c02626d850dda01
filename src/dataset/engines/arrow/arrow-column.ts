import type { DataType, Field, Vector } from 'apache-arrow';
import type { PutColumn } from '../../../core/engine.js';
import type { TypeName } from '../../../core/plan.js';
import { DateUnit, Precision, TimeUnit, Type } from 'apache-arrow';

/** Fields of Arrow types that the common type does not name. */
interface Detail {
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly precision?: number;
  readonly scale?: number;
  readonly unit?: number;
  readonly timezone?: string | null;
  readonly dictionary?: DataType;
}

/** The type an Arrow column is stored as; vectors are lists, other nested and rare types become text. */
export function arrowTypeName(type: DataType): TypeName {
  const detail = type as DataType & Detail;
  switch (type.typeId) {
    case Type.Bool:
      return 'BOOLEAN';
    case Type.Int:
      return integerName(detail);
    case Type.Float:
      return detail.precision === Precision.DOUBLE ? 'DOUBLE' : 'FLOAT';
    case Type.Date:
      return 'DATE';
    case Type.Timestamp:
      return detail.timezone ? 'TIMESTAMPTZ' : detail.unit === TimeUnit.NANOSECOND ? 'TIMESTAMP_NS' : 'TIMESTAMP';
    case Type.Decimal:
      return (detail.precision ?? 99) <= 38 ? `DECIMAL(${detail.precision},${detail.scale})` : 'VARCHAR';
    case Type.Dictionary:
      return detail.dictionary === undefined ? 'VARCHAR' : arrowTypeName(detail.dictionary);
    case Type.List:
    case Type.FixedSizeList:
      return listName(type);
    default:
      return 'VARCHAR';
  }
}

/** Lists of floating-point numbers; others stay text. */
function listName(type: DataType): TypeName {
  const [child] = (type as DataType & { readonly children: readonly Field[] }).children;
  const element = child === undefined ? 'VARCHAR' : arrowTypeName(child.type);
  return element === 'FLOAT' || element === 'DOUBLE' ? `${element}[]` : 'VARCHAR';
}

function integerName({ bitWidth, isSigned }: Detail): TypeName {
  const name = { 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[bitWidth ?? 0] ?? 'BIGINT';
  return isSigned === false ? `U${name}` : name;
}

/** One batch of an Arrow column as a column to store. */
export function arrowColumn(name: string, type: TypeName, vector: Vector): PutColumn {
  const valid = validity(vector);
  const values = (): PutColumn['values'] => {
    switch (vector.type.typeId) {
      case Type.Bool:
        return Uint8Array.from(vector, (v) => (v === true ? 1 : 0));
      case Type.Int:
        return integers(vector, type);
      case Type.Float:
        return Float64Array.from(vector, numberOrZero);
      case Type.Date:
        return days(vector);
      case Type.Timestamp:
        return moments(vector, type);
      case Type.Decimal:
        return Array.from({ length: vector.length }, (_, i) =>
          decimalText(vector.get(i), vector.type as DataType & Detail),
        );
      case Type.List:
      case Type.FixedSizeList:
        return type === 'VARCHAR' ? texts(vector) : Array.from(vector, listText);
      case Type.Dictionary:
        return type === 'VARCHAR' ? texts(vector) : dictionaryNumbers(vector, type);
      default:
        return texts(vector);
    }
  };
  return { name, type, values: values(), valid };
}

function validity(vector: Vector): Uint8Array | null {
  if (vector.nullCount === 0) return null;
  return Uint8Array.from({ length: vector.length }, (_, i) => (vector.isValid(i) ? 1 : 0));
}

function integers(vector: Vector, type: TypeName): PutColumn['values'] {
  // toArray gives the raw values of all chunks; nulls hold anything.
  const raw: unknown = vector.toArray();
  if (raw instanceof BigUint64Array) return new BigInt64Array(raw.buffer, raw.byteOffset, raw.length);
  if (raw instanceof BigInt64Array) return raw;
  return type === 'UINTEGER' ? Float64Array.from(raw as Uint32Array) : Int32Array.from(raw as Int32Array);
}

/** Days since 1970: as they are, or from milliseconds. */
function days(vector: Vector): Int32Array {
  const { unit } = vector.type as DataType & Detail;
  const raw: unknown = vector.toArray();
  if (unit === DateUnit.DAY && raw instanceof Int32Array) return raw;
  return Int32Array.from(raw as BigInt64Array, (v: unknown) => Math.floor(Number(v) / 86_400_000));
}

/** Microseconds since 1970, or nanoseconds for the type that has them. */
function moments(vector: Vector, type: TypeName): BigInt64Array {
  const { unit } = vector.type as DataType & Detail;
  const raw = vector.toArray() as BigInt64Array;
  if (type === 'TIMESTAMP_NS') return raw;
  const scale = { [TimeUnit.SECOND]: 1_000_000n, [TimeUnit.MILLISECOND]: 1_000n }[unit ?? TimeUnit.MICROSECOND] ?? 1n;
  if (unit === TimeUnit.NANOSECOND) return BigInt64Array.from(raw, (v) => v / 1000n - (v % 1000n < 0n ? 1n : 0n));
  return scale === 1n ? raw : BigInt64Array.from(raw, (v) => v * scale);
}

function dictionaryNumbers(vector: Vector, type: TypeName): PutColumn['values'] {
  if (type.endsWith('BIGINT')) return BigInt64Array.from(vector, wideOrZero);
  return /^(FLOAT|DOUBLE|UINTEGER)$/.test(type)
    ? Float64Array.from(vector, numberOrZero)
    : Int32Array.from(vector, numberOrZero);
}

function numberOrZero(value: unknown): number {
  return value === null ? 0 : Number(value);
}

function wideOrZero(value: unknown): bigint {
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt.asIntN(64, BigInt(value)) : 0n;
}

/** A decimal comes as the little-endian words of a two's complement number without its point. */
function decimalText(words: Uint32Array | null, { scale = 0 }: Detail): string | null {
  if (words === null) return null;
  const bits = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(32 * words.length, bits);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

/** A list of numbers as the engine reads it back. */
function listText(list: Iterable<number | null> | null): string | null {
  if (list === null) return null;
  const words = Array.from(list, (x) => (x === null ? 'NULL' : Object.is(x, -0) ? '-0.0' : String(x)));
  return `[${words.join(', ')}]`;
}

function texts(vector: Vector): (string | null)[] {
  return Array.from({ length: vector.length }, (_, i) => textOf(vector.get(i)));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
}
