import type { TypeName } from '../../core/plan.js';

/** What can be done with the values of a type, in the words detectors need. */
export type TypeKind = 'text' | 'float' | 'integer' | 'decimal' | 'boolean' | 'time' | 'other';

const integers = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
]);

export function typeKind(type: TypeName): TypeKind {
  if (type === 'VARCHAR') return 'text';
  if (type === 'DOUBLE' || type === 'FLOAT') return 'float';
  if (integers.has(type)) return 'integer';
  if (/^DECIMAL\(\d+, ?\d+\)$/.test(type)) return 'decimal';
  if (type === 'BOOLEAN') return 'boolean';
  return type === 'DATE' || type.startsWith('TIMESTAMP') ? 'time' : 'other';
}

/** True where values are numbers. */
export function isNumeric(type: TypeName): boolean {
  const kind = typeKind(type);
  return kind === 'float' || kind === 'integer' || kind === 'decimal';
}

/** True where values are vectors: lists of floating-point numbers, of fixed length or not. Lists of whole numbers are mostly ids. */
export function isVector(type: TypeName): boolean {
  return /^(FLOAT|DOUBLE)\[\d*\]$/.test(type);
}
