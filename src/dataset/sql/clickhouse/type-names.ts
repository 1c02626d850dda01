import type { TypeName } from '../../../core/plan.js';

const plain: readonly (readonly [clickHouse: string, ours: TypeName])[] = [
  ['Int8', 'TINYINT'],
  ['Int16', 'SMALLINT'],
  ['Int32', 'INTEGER'],
  ['Int64', 'BIGINT'],
  ['Int128', 'HUGEINT'],
  ['UInt8', 'UTINYINT'],
  ['UInt16', 'USMALLINT'],
  ['UInt32', 'UINTEGER'],
  ['UInt64', 'UBIGINT'],
  ['UInt128', 'UHUGEINT'],
  ['Float32', 'FLOAT'],
  ['Float64', 'DOUBLE'],
  ['Bool', 'BOOLEAN'],
  ['String', 'VARCHAR'],
  ['Date32', 'DATE'],
  ["DateTime64(6, 'UTC')", 'TIMESTAMP'],
];
const toOurs = new Map<string, TypeName>(plain);
const toTheirs = new Map(plain.map(([theirs, ours]) => [ours, theirs]));

/** ClickHouse's name of one of our types, without `Nullable`; null where it has none. */
export function clickHouseType(type: TypeName): string | null {
  const name = type.toUpperCase().replace(/\s+/g, ' ').trim();
  if (name.endsWith('[]')) {
    const inner = clickHouseType(name.slice(0, -2));
    return inner === null ? null : `Array(Nullable(${inner}))`;
  }
  if (/^DECIMAL ?\(\d+, ?\d+\)$/.test(name)) return name.replace('DECIMAL', 'Decimal');
  if (/^(TIMESTAMPTZ|TIMESTAMP WITH TIME ZONE)$/.test(name)) return "DateTime64(6, 'UTC')";
  const synonym = { INT: 'INTEGER', REAL: 'FLOAT', TEXT: 'VARCHAR', STRING: 'VARCHAR', BOOL: 'BOOLEAN' }[name];
  return toTheirs.get(synonym ?? name) ?? null;
}

/** Our name of a type as ClickHouse writes it; types without a twin are text. */
export function typeNameOf(type: string): TypeName {
  const wrapped = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type);
  if (wrapped !== null) return typeNameOf(wrapped[1]!);
  const list = /^Array\((.*)\)$/.exec(type);
  if (list !== null) return `${typeNameOf(list[1]!)}[]`;
  const decimal = /^Decimal\((\d+), ?(\d+)\)$/.exec(type);
  if (decimal !== null) return `DECIMAL(${decimal[1]},${decimal[2]})`;
  if (type.startsWith('DateTime')) return 'TIMESTAMP';
  if (type === 'Date') return 'DATE';
  return toOurs.get(type) ?? 'VARCHAR';
}
