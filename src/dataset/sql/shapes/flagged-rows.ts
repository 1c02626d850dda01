import type { Dialect, Query } from '../../../core/engine.js';
import type { Flagged } from '../../../core/evidence.js';

/** Rows flagged under one code: `from` is a relation or a query in brackets with `k` and what the expressions name. */
export interface FlaggedRows {
  readonly from: string;
  /** Condition of a flagged row. */
  readonly where: string;
  readonly code: string;
  /** DOUBLE expression in [0, 1]. */
  readonly score: string;
  /** Column the rows are flagged for, where it is one. */
  readonly column?: string;
  /** Arguments of the row's sentence: names with VARCHAR or number expressions. */
  readonly args?: Readonly<Record<string, string>>;
}

/** Flagged rows in the form of `Flagged`, one scan a group. */
export function flaggedRows(groups: readonly FlaggedRows[], dialect: Dialect): Query {
  const parts = groups.map(({ from, where, code, score, column, args = {} }) => {
    return `SELECT k, ${dialect.text(code)} AS code,
      ${column === undefined ? 'CAST(NULL AS VARCHAR)' : dialect.text(column)} AS column_name, CAST(${score} AS DOUBLE) AS score,
      CAST(NULL AS VARCHAR) AS suggestion, ${dialect.json(args)} AS args FROM ${from} AS f WHERE ${where}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** Keyed list `(k, copy)` of the rows of a flagged table, each once; of one code where it is given. */
export function flaggedKeys({ relation }: Flagged, code: string | null = null, dialect: Dialect | null = null): Query {
  const where = code === null || dialect === null ? '' : ` WHERE code = ${dialect.text(code)}`;
  return { sql: `SELECT DISTINCT k, CAST(0 AS INTEGER) AS copy FROM ${relation}${where}` };
}
