import type { TypeName } from '../../core/plan.js';

/** What a type is to a model. */
export type ColumnKind = 'number' | 'text' | 'moment' | 'other';

export function kindOf(type: TypeName): ColumnKind {
  if (/^(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type)) return 'number';
  if (type === 'VARCHAR' || type === 'UUID') return 'text';
  return /^(DATE|TIMESTAMP|TIMESTAMPTZ|TIMESTAMP_NS)$/.test(type) ? 'moment' : 'other';
}

/** True for types that hold whole numbers only. */
export function isInteger(type: TypeName): boolean {
  return /^U?(TINY|SMALL|BIG)INT$|^U?INTEGER$/.test(type);
}
