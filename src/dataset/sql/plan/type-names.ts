import type { TypeName } from '../../../core/plan.js';

/** Types a step may set, cast to or add, apart from decimals and lists. */
export const scalarTypes: readonly TypeName[] = [
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'FLOAT',
  'DOUBLE',
  'VARCHAR',
  'BLOB',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP_NS',
  'TIMESTAMPTZ',
  'UUID',
];

/** One spelling per type, so that equal types have equal names: DuckDB has two for a few of them. */
export function canonicalType(type: TypeName): TypeName {
  return type.replace('TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ').replace(/, +/g, ',');
}

/** True for types a step may set, cast to or add: scalars whose every value comes back from a file, and lists of them. */
export function isAdmitted(type: TypeName): boolean {
  return isScalar(elementType(type));
}

/** True for the admitted scalars. */
export function isScalar(type: TypeName): boolean {
  return scalarTypes.includes(type) || decimalOf(type) !== null;
}

/** True for the two types that have NaN and a signed zero. */
export function isFloat(type: TypeName): boolean {
  return type === 'DOUBLE' || type === 'FLOAT';
}

/** Digits in all and after the point of a DECIMAL; null for other types and for impossible ones. */
export function decimalOf(type: TypeName): { readonly precision: number; readonly scale: number } | null {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (match === null) return null;
  const [precision, scale] = [Number(match[1]), Number(match[2])];
  return precision >= 1 && precision <= 38 && scale <= precision ? { precision, scale } : null;
}

/**
 * The type as a piece of a column name. Injective over the admitted types (`DOUBLE[]` is `double_list`), so that two
 * types never share a column of the change log.
 */
export function typeSuffix(type: TypeName): string {
  const element = elementType(type);
  const depth = (type.length - element.length) / 2;
  const base = element.toLowerCase().replace('(', '_').replace(',', '_').replace(')', '');
  return base + '_list'.repeat(depth);
}

function elementType(type: TypeName): TypeName {
  return type.replace(/(\[\])+$/, '');
}
