/**
 * Values of the random tables. A cell is null or: BOOLEAN boolean, integers bigint, floats their bits in hex (or
 * `nan?`, a NaN made by arithmetic, whose payload is the processor's), lists arrays, all else the canonical text.
 */
export type Cell = null | boolean | bigint | string | readonly Cell[];

export const someNaN = 'nan?';

/** Interesting values of each type, in ascending order where the type has one. */
export const pools: Readonly<Record<string, readonly Cell[]>> = {
  BOOLEAN: [false, true],
  TINYINT: [-128n, 0n, 1n, 127n],
  BIGINT: [-(2n ** 63n), -1n, 0n, 1n, 2n ** 53n + 1n, 2n ** 63n - 1n],
  UBIGINT: [0n, 1n, 2n ** 64n - 1n],
  DOUBLE: [
    ...[0, -0, Infinity, -Infinity, 5e-324, 1.5, -2.25, 0.1, 1e308, 3, 2 ** 53].map(bitsOf),
    '7ff8000000000000',
    '7ff8000000000005',
    'fff800000000beef',
  ],
  FLOAT: ['00000000', '80000000', '7f800000', '00000001', '3fc00000', '3dcccccd', '7fc00000', '7fc00005', 'ffc0beef'],
  'DECIMAL(9,2)': ['-9999999.99', '-0.05', '0.00', '1.50', '9999999.99'],
  VARCHAR: ['', 'NULL', 'a', 'A', 'é', '1.5', '1.50', '01', ' x ', "it's", 'a\0b', '\u{1f600}', 'nan'],
  BLOB: ['', '00', '61ff', 'ff'],
  DATE: ['0001-01-01', '1969-12-31', '2024-02-29'],
  TIME: ['00:00:00', '12:34:56.789012', '23:59:59.999999'],
  TIMESTAMP: ['0001-01-01 00:00:00', '1969-12-31 23:59:59.999999', '2024-02-29 12:00:00'],
  TIMESTAMP_NS: ['1969-12-31 23:59:59.999999999', '2024-02-29 12:00:00'],
  TIMESTAMPTZ: ['1969-12-31 23:59:59.999999+00', '2024-02-29 12:00:00+00'],
  UUID: [
    '00000000-0000-0000-0000-000000000000',
    '7fffffff-0000-0000-0000-000000000001',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  'INTEGER[]': [[], [1n, null], [1n, 2n, 3n]],
  'DOUBLE[]': [[], [bitsOf(-0), bitsOf(0)], ['7ff8000000000005', null], [bitsOf(1.5)]],
  'VARCHAR[]': [[''], ['NULL', null], ['é']],
};

/** Types with an order, on which rules may compare. */
export const scalarTypes: readonly string[] = Object.keys(pools).filter((type) => !type.endsWith('[]'));

export function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

export function bits32Of(value: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

/** The number behind the bits of a DOUBLE or FLOAT. */
export function numberOf(bits: string): number {
  if (bits === someNaN) return NaN;
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits.padEnd(16, '0')}`));
  return bits.length === 16 ? view.getFloat64(0) : view.getFloat32(0);
}

export function isFloatType(type: string): boolean {
  return type === 'DOUBLE' || type === 'FLOAT';
}

/** SQL that makes a cell. */
export function cellSql(type: string, cell: Cell): string {
  if (cell === null) return `CAST(NULL AS ${type})`;
  if (Array.isArray(cell)) {
    const items = cell.map((item: Cell) => cellSql(type.slice(0, -2), item));
    return `CAST([${items.join(', ')}] AS ${type})`;
  }
  if (isFloatType(type)) return `CAST(CAST('${binary(String(cell))}' AS BIT) AS ${type})`;
  if (type === 'BLOB') return `from_hex('${String(cell)}')`;
  if (type === 'VARCHAR') return `decode(from_hex('${Buffer.from(String(cell)).toString('hex')}'))`;
  return `CAST('${String(cell)}' AS ${type})`;
}

function binary(bits: string): string {
  return BigInt(`0x${bits}`)
    .toString(2)
    .padStart(bits.length * 4, '0');
}

/** SQL that shows a value as the text of {@link shown}: every bit of it, null as null. */
export function showSql(type: string, value: string): string {
  if (type.endsWith('[]')) {
    return `CAST(list_transform(${value}, lambda v: coalesce('x' || ${showSql(type.slice(0, -2), 'v')}, '-')) AS VARCHAR)`;
  }
  if (isFloatType(type)) return `CAST(CAST(${value} AS BIT) AS VARCHAR)`;
  if (type === 'BLOB') return `lower(hex(${value}))`;
  if (type === 'VARCHAR') return `lower(hex(encode(${value})))`;
  return `CAST(${value} AS VARCHAR)`;
}

/** A cell as the text that {@link showSql} gives. */
export function shown(type: string, cell: Cell): string | null {
  if (cell === null) return null;
  if (Array.isArray(cell)) {
    const items = cell.map((v: Cell) => shown(type.slice(0, -2), v));
    return `[${items.map((item) => (item === null ? '-' : `x${item}`)).join(', ')}]`;
  }
  if (cell === someNaN) return someNaN;
  if (isFloatType(type)) return binary(String(cell));
  if (type === 'VARCHAR') return Buffer.from(String(cell)).toString('hex');
  return String(cell);
}

/** True where a shown value is the shown cell; `nan?` is any NaN. */
export function sameShown(found: string | null, expected: string | null): boolean {
  if (expected !== someNaN) return found === expected;
  return found !== null && (/^.1{11}0*1/.test(found) || /^.1{8}0*1/.test(found));
}
