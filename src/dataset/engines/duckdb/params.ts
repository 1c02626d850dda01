import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Query, Scalar } from '../../../core/engine.js';
import { BIGINT, BOOLEAN, DOUBLE, HUGEINT, SQLNULL, VARCHAR } from '@duckdb/node-api';
import { integerType } from '../../sql/inline.js';

/**
 * How values are bound: the type follows from the kind of value alone, never from its size: numbers are DOUBLE,
 * bigints BIGINT (HUGEINT beyond 64 bits).
 */
export interface Bound {
  readonly values: Record<string, DuckDBValue>;
  readonly types: Record<string, DuckDBType>;
}

export function bind(params: Query['params'] = {}): Bound {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [name, value] of Object.entries(params)) {
    values[name] = value;
    types[name] = typeOf(value);
  }
  return { values, types };
}

function typeOf(value: Scalar): DuckDBType {
  if (value === null) return SQLNULL;
  if (typeof value === 'number') return DOUBLE;
  if (typeof value === 'bigint') return integerType(value) === 'BIGINT' ? BIGINT : HUGEINT;
  return typeof value === 'boolean' ? BOOLEAN : VARCHAR;
}
