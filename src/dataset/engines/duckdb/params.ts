import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Query, Scalar } from '../../../core/engine.js';
import { BIGINT, BOOLEAN, DOUBLE, HUGEINT, SQLNULL, VARCHAR } from '@duckdb/node-api';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';

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
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? BIGINT : HUGEINT;
  return typeof value === 'boolean' ? BOOLEAN : VARCHAR;
}

/** What may hold a `$` that is no hole: quoted text, quoted names, comments. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_][A-Za-z0-9_]*)/g;

/** The query with its values written into the text, for views: DuckDB cannot bind values in their definition. */
export function inline(query: Query): string {
  const { sql, params } = query;
  if (params === undefined) return sql;
  return sql.replace(pieces, (piece, name: string | undefined) => {
    const value = name === undefined ? undefined : params[name];
    return value === undefined ? piece : literal(value);
  });
}

function literal(value: Scalar): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `(${duckDbDialect.text(value)})`;
  if (typeof value === 'number') return `CAST('${Object.is(value, -0) ? '-0' : value}' AS DOUBLE)`;
  if (typeof value === 'bigint') return `CAST(${value} AS ${String(typeOf(value))})`;
  return value ? 'TRUE' : 'FALSE';
}
