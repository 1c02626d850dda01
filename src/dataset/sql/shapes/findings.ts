import type { Dialect, Query } from '../../../core/engine.js';
import type { Flagged } from '../../../core/evidence.js';
import { fileOfKey, rowOfKey } from '../row-key.js';

/** A defect with the table of what it flagged. */
export interface FlaggedDefect {
  readonly defect: string;
  readonly flagged: Flagged;
}

/**
 * All flagged units of a run as `(row_key, file, row, defect, code, column, score, suggestion, args)`, by defect as
 * given, then worst first. `files` are the names behind the file ordinals of the row keys.
 */
export function findingsQuery(
  defects: readonly FlaggedDefect[],
  files: readonly string[],
  hidden: Hidden,
  dialect: Dialect,
): Query {
  if (defects.length === 0) return { sql: emptyFindings };
  const parts = defects.map(({ defect, flagged }, i) => {
    const columns = 'k, code, column_name, score, suggestion, args';
    return `SELECT ${i} AS place, ${dialect.text(defect)} AS defect, ${columns} FROM ${flagged.relation}`;
  });
  const names = files.map((name, i) => `WHEN ${i} THEN ${dialect.text(name)}`).join(' ');
  const sql = `SELECT f.k AS row_key, CASE ${fileOfKey('f.k')} ${names} END AS file, ${rowOfKey('f.k')} AS row, f.defect AS defect,
    f.code AS code, f.column_name AS column, f.score AS score, ${suggestionSql(hidden, dialect)} AS suggestion, ${argsSql(hidden, dialect)} AS args
    FROM (${parts.join(' UNION ALL ')}) AS f ORDER BY f.place, f.score DESC, f.k, f.code, f.column_name NULLS FIRST, f.args`;
  return { sql };
}

/** Columns whose values are not told, and patterns of what is told of no column. */
export interface Hidden {
  readonly columns: ReadonlySet<string>;
  readonly patterns: readonly string[];
}

/** Texts of cells are told up to here where some column is personal. */
const longest = 200;

/** A suggestion; null where it is about a hidden column, or long. */
function suggestionSql(hidden: Hidden, dialect: Dialect): string {
  if (hidden.columns.size === 0) return 'f.suggestion';
  const isHidden = `${aboutHidden('f.suggestion', hidden, dialect)} OR length(f.suggestion) > ${longest}`;
  return `CASE WHEN ${isHidden} THEN NULL ELSE ${cleanSql('f.suggestion', hidden, dialect)} END`;
}

/** Arguments as JSON; empty where they are about a hidden column, long texts in them cut out whole. */
function argsSql(hidden: Hidden, dialect: Dialect): string {
  if (hidden.columns.size === 0) return 'f.args';
  const short = dialect.replace(cleanSql('f.args', hidden, dialect), longText, '"[long]"');
  return `CASE WHEN ${aboutHidden('f.args', hidden, dialect)} THEN '{}' ELSE ${short} END`;
}

/** A JSON string of more than {@link longest} characters. */
const longText = `"(?:[^"\\\\]|\\\\.){${longest + 1},}"`;

/** Whether a row is flagged for a hidden column, or a text of it names one; never unknown. */
function aboutHidden(text: string, { columns }: Hidden, dialect: Dialect): string {
  const names = [...columns].map((name) => dialect.text(name));
  const quoted = [...columns].map((name) => `contains(${text}, ${dialect.text(JSON.stringify(name))})`);
  return `coalesce(f.column_name IN (${names.join(', ')}) OR ${quoted.join(' OR ')}, false)`;
}

function cleanSql(text: string, { patterns }: Hidden, dialect: Dialect): string {
  return patterns.reduce((sql, pattern) => dialect.replace(sql, pattern, '[masked]'), text);
}

const emptyFindings = `SELECT CAST(NULL AS BIGINT) AS row_key, '' AS file, CAST(0 AS BIGINT) AS row, '' AS defect, '' AS code,
  '' AS column, CAST(0 AS DOUBLE) AS score, '' AS suggestion, '' AS args WHERE false`;

/** The `count` worst flagged units of one defect, every code represented before any is repeated. */
export function worstQuery(flagged: Flagged, count: number): Query {
  const order = 'score DESC, k, column_name NULLS FIRST, args';
  return {
    sql: `SELECT k, code, column_name, score, suggestion, args FROM (
      SELECT *, row_number() OVER (PARTITION BY code ORDER BY ${order}) AS place FROM ${flagged.relation})
      ORDER BY place, code, ${order} LIMIT ${count}`,
  };
}
