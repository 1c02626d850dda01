import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';

/** What is hashed of a row, and what is kept beside the hashes. */
export interface Hashed {
  readonly columns: readonly Column[];
  /** Some of `columns`. */
  readonly features: readonly Column[];
  readonly time: Column | null;
  readonly label: Label | null;
}

/**
 * One row for each row of a relation: `(k, whole, features, moment, y)`, hashes of all `columns` and of those that are
 * `features`; equal values have equal hashes, nulls too.
 */
export function hashedRows(relation: Relation, { columns, features, time, label }: Hashed, dialect: Dialect): Query {
  const inside = new Set(features);
  const others = columns.filter((column) => !inside.has(column)).map(({ id }) => id);
  const y = label === null ? 'CAST(NULL AS INTEGER)' : labelSql(label, dialect);
  // Every cell is hashed once: the hash of a row starts from that of its features.
  return {
    sql: `SELECT k, ${dialect.rowHash(['features', ...others])} AS whole, features, moment, y FROM (
      SELECT *, ${dialect.rowHash(features.map(({ id }) => id))} AS features, ${time?.id ?? 'k'} AS moment, ${y} AS y
      FROM ${relation.name})`,
  };
}

export type RepeatedHash = 'whole' | 'features';

/** Rows of a table of {@link hashedRows} that share a hash with another one. */
export function repeatedRows(hashes: string, by: RepeatedHash): Query {
  return {
    sql: `SELECT * FROM ${hashes} WHERE ${by} IN (SELECT ${by} FROM ${hashes} GROUP BY ${by} HAVING count(*) > 1)`,
  };
}
