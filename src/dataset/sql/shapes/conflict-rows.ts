import type { Dialect, Query } from '../../../core/engine.js';

/** Rows of a table of conflicts with the code they are flagged under; rows of `before` are left out. */
export function codedConflicts(conflicts: Query, code: string, before: string | null, dialect: Dialect): Query {
  const apart = before === null ? '' : ` WHERE k NOT IN (SELECT k FROM ${before})`;
  return { sql: `SELECT *, ${dialect.text(code)} AS code FROM (${conflicts.sql})${apart}` };
}

/** Tables of the same columns as one. */
export function stacked(tables: readonly string[]): Query {
  return { sql: tables.map((table) => `SELECT * FROM ${table}`).join(' UNION ALL ') };
}

/** By code: rows in all, those flagged, and the share of negatives among these: `(code, rows, flagged, outdated_negative)`. */
export function conflictCounts(table: string): Query {
  return {
    sql: `SELECT code, count(*) AS rows, count(*) FILTER (WHERE flagged) AS flagged,
      count(*) FILTER (WHERE flagged AND y = 0) / greatest(1.0, CAST(count(*) FILTER (WHERE flagged) AS DOUBLE)) AS outdated_negative
      FROM ${table} GROUP BY code ORDER BY code`,
  };
}

/** Flagged rows in the form of `Flagged`; the larger the majority against them, the higher they score. */
export function flaggedConflicts(table: string, negative: string, positive: string, dialect: Dialect): Query {
  const other = `CASE WHEN y = 1 THEN ${dialect.text(negative)} ELSE ${dialect.text(positive)} END`;
  return {
    sql: `SELECT k, code, CAST(NULL AS VARCHAR) AS column_name, greatest(positives, size - positives) / CAST(size AS DOUBLE) AS score,
      ${other} AS suggestion, '{"size":' || CAST(size AS VARCHAR) || ',"positives":' || CAST(positives AS VARCHAR) || '}' AS args
      FROM ${table} WHERE flagged`,
  };
}

/** A keyed list of conflicting rows: the flagged ones of a code, or all of them. */
export function conflictKeys(table: string, which: { readonly code: string } | 'all', dialect: Dialect): Query {
  const where = which === 'all' ? '' : ` WHERE flagged AND code = ${dialect.text(which.code)}`;
  return { sql: `SELECT k, CAST(0 AS INTEGER) AS copy FROM ${table}${where}` };
}
