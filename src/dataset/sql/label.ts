import type { Dialect } from '../../core/engine.js';
import type { Label } from '../../core/study.js';
import { duckDbDialect } from './dialect-duckdb.js';

/** The label as an INTEGER expression over internal ids: 1 where it is the positive value, else 0, null where null. */
export function labelSql(label: Label, dialect: Dialect = duckDbDialect): string {
  const { column, positive } = label;
  const value = `CAST(${dialect.text(positive)} AS ${column.type})`;
  return `(CASE WHEN ${column.id} = ${value} THEN 1 WHEN ${column.id} IS NULL THEN NULL ELSE 0 END)`;
}
