import type { DuckDBType } from '@duckdb/node-api';
import type { TypeName } from '../../../core/plan.js';

/** The one spelling Assay uses of a type: DuckDB's, with the long name of TIMESTAMPTZ cut short. */
export function typeName(type: DuckDBType): TypeName {
  return shortTypeName(String(type));
}

export function shortTypeName(name: string): TypeName {
  return name.replaceAll('TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ').replaceAll('TIME WITH TIME ZONE', 'TIMETZ');
}
