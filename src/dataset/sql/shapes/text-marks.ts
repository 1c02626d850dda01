import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/** What may be wrong with the text of one cell. */
export type TextMark = 'blank' | 'damaged';

/**
 * UTF-8 read as Latin-1 or Windows-1252 (a lead byte of two or three, then a byte that only continues), what stands for a
 * character that could not be read, and control characters.
 */
const damage =
  '[\\x{C2}\\x{C3}][\\x{80}-\\x{BF}]|\\x{E2}\\x{20AC}[\\x{80}-\\x{2122}]|\\x{FFFD}|[\\x{1}-\\x{8}\\x{B}\\x{C}\\x{E}-\\x{1F}]';

/** True, false and never unknown. */
export function textMarkSql({ id }: Pick<Column, 'id'>, mark: TextMark, dialect: Dialect): string {
  const sql = mark === 'blank' ? `trim(${id}) = ''` : dialect.matches(id, damage);
  return `coalesce(${sql}, false)`;
}

/** One row: for the i-th column given cells `n<i>`, mean characters `m<i>`, and cells of each mark `blank<i>`, `damaged<i>`. */
export function textMarks(relation: Relation, columns: readonly Column[], dialect: Dialect): Query {
  const parts = columns.flatMap((column, i) => [
    `count(${column.id}) AS n${i}`,
    `round(avg(length(${column.id})), 6) AS m${i}`,
    ...(['blank', 'damaged'] as const).map(
      (mark) => `count(*) FILTER (WHERE ${textMarkSql(column, mark, dialect)}) AS ${mark}${i}`,
    ),
  ]);
  return { sql: `SELECT ${parts.join(', ')} FROM ${relation.name}` };
}

/** The same of a column by a table of its levels `(v, n)`, each looked at once: `n0`, `m0`, `blank0`, `damaged0`. */
export function textMarksByLevel(table: string, dialect: Dialect): Query {
  const given = 'sum(CASE WHEN v IS NULL THEN 0 ELSE n END)';
  const marks = (['blank', 'damaged'] as const).map(
    (mark) => `coalesce(sum(CASE WHEN ${textMarkSql({ id: 'v' }, mark, dialect)} THEN n ELSE 0 END), 0) AS ${mark}0`,
  );
  return {
    sql: `SELECT coalesce(${given}, 0) AS n0, round(CAST(sum(n * length(v)) AS DOUBLE) / ${given}, 6) AS m0, ${marks.join(', ')}
      FROM ${table}`,
  };
}

/** The most frequent text of a column: `value`, `n`, and the number of different texts, `texts`; ties by text. */
export function topText(relation: Relation, { id }: Column): Query {
  return {
    sql: `SELECT value, n, count(*) OVER () AS texts FROM (
        SELECT ${id} AS value, count(*) AS n FROM ${relation.name} WHERE trim(${id}) <> '' GROUP BY value)
      ORDER BY n DESC, value LIMIT 1`,
  };
}

/** The cells of a mark, or those that hold `text`, in the form of `Flagged`. */
export function flaggedTexts(
  relation: Relation,
  found: readonly {
    readonly column: Column;
    readonly what: TextMark | { readonly text: string };
    readonly code: string;
  }[],
  dialect: Dialect,
): Query {
  const parts = found.map(({ column, what, code }) => {
    const where =
      typeof what === 'string'
        ? textMarkSql(column, what, dialect)
        : `coalesce(${column.id} = ${dialect.text(what.text)}, false)`;
    return `SELECT k, ${dialect.text(code)} AS code, ${dialect.text(column.name)} AS column_name, CAST(1 AS DOUBLE) AS score,
      CAST(NULL AS VARCHAR) AS suggestion, '{}' AS args FROM ${relation.name} WHERE ${where}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}
