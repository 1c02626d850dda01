import type { Query, Scalar } from '../../core/engine.js';
import { duckDbDialect } from './dialect-duckdb.js';

/** What may hold a `$` that is no hole: quoted text, quoted names, comments. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_][A-Za-z0-9_]*)/g;

/** The query with its values written into the text, for views: values cannot be bound in their definition. */
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
  if (typeof value === 'bigint') return `CAST(${value} AS ${integerType(value)})`;
  return value ? 'TRUE' : 'FALSE';
}

/** The type of a bigint: wider than 64 bits only where it must be. */
export function integerType(value: bigint): 'BIGINT' | 'HUGEINT' {
  return BigInt.asIntN(64, value) === value ? 'BIGINT' : 'HUGEINT';
}
