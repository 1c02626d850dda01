import type { Query, Scalar } from '../../../core/engine.js';
import { clickHouseSql } from '../../sql/clickhouse/translate.js';
import { integerType } from '../../sql/inline.js';

/** SQL as the server gets it, with the values of its holes beside it. */
export interface Bound {
  readonly query: string;
  readonly query_params: Record<string, Scalar>;
}

/** The type follows from the kind of value alone, never from its size, as with the embedded engine. */
export function bind({ sql, params = {} }: Query): Bound {
  const query = clickHouseSql(sql, (name) => {
    const value = Object.hasOwn(params, name) ? params[name]! : null;
    return `{${name}:Nullable(${typeOf(value)})}`;
  });
  return { query, query_params: { ...params } };
}

function typeOf(value: Scalar): string {
  if (value === null) return 'String';
  if (typeof value === 'number') return 'Float64';
  if (typeof value === 'bigint') return integerType(value) === 'BIGINT' ? 'Int64' : 'Int128';
  return typeof value === 'boolean' ? 'Bool' : 'String';
}
