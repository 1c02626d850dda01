import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import type { TypedColumn } from './frame-rows.js';
import { labelSql } from '../label.js';

/** A table for a model outside: columns under the names of the user, rows in key order, no key. */
export interface ModelTable {
  /** Rows of a plan, with `k`, `copy` and `part`. */
  readonly result: Query;
  /** Columns by id, with the names they get. */
  readonly columns: readonly Pick<Column, 'id' | 'name'>[];
  /** Table of keys `k` to which the rows are cut; null: all. */
  readonly keys: string | null;
}

/** Training rows with the label as 0 or 1 under its own name, last. */
export function trainTable(table: ModelTable, label: Label, dialect: Dialect): Query {
  const target = `${labelSql(label, dialect)} AS ${dialect.id(label.column.name)}`;
  return select(table, [target], 'r.part IN (0, 1)', dialect);
}

/** Evaluation rows without the label. */
export function testTable(table: ModelTable, dialect: Dialect): Query {
  return select(table, [], 'r."copy" = 0', dialect);
}

function select(
  { result, columns, keys }: ModelTable,
  last: readonly string[],
  where: string,
  dialect: Dialect,
): Query {
  const fields = [...columns.map((c) => `r.${c.id} AS ${dialect.id(c.name)}`), ...last];
  const cut = keys === null ? '' : ` JOIN ${keys} AS kept ON kept.kept_k = r.k`;
  const sql = `SELECT ${fields.join(', ')} FROM (${result.sql}) AS r${cut} WHERE ${where} ORDER BY r.k, r."copy"`;
  return result.params === undefined ? { sql } : { sql, params: result.params };
}

/** Predictions in the order of the test rows: their place (from 0) and value, both DOUBLE. */
export function predictionRows(relation: Relation, value: TypedColumn, row: TypedColumn | null): Query {
  const place = row === null ? 'k' : row.id;
  return {
    sql: `SELECT CAST(TRY_CAST(${place} AS BIGINT) AS DOUBLE) AS place, TRY_CAST(${value.id} AS DOUBLE) AS value
      FROM ${relation.name} ORDER BY 1, k`,
  };
}
