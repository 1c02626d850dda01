import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { doubleSql } from '../double-sql.js';
import { bucketSql } from './marks-by-time.js';
import { nullSql } from './missing-mark.js';
import { sampleWhere } from './sample-where.js';

/** How one column is cut: by its values, at edges (ascending), or into stretches of so many seconds. */
export type SliceCut = { readonly column: Column } & (
  | { readonly by: 'value' }
  | { readonly by: 'edges'; readonly edges: readonly number[] }
  | { readonly by: 'seconds'; readonly seconds: number }
);

/** A slice that was found: the part of each cut it lies in, by the cut's place; null is the part of cells without a value. */
export interface SlicePart {
  readonly cut: number;
  readonly part: string | null;
}

/**
 * About `rows` rows as `(k, y, e, s0, s1 …)`: y is the mark of the row in the table `marks(k, y, e)`, e what was foretold
 * of it, both 0 where it has none; s the part of each cut as text.
 */
export function slicedRows(
  relation: Relation,
  marks: string,
  cuts: readonly SliceCut[],
  rows: number,
  dialect: Dialect,
): Query {
  const parts = cuts.map((cut, i) => `${partSql(cut, dialect)} AS s${i}`);
  return {
    sql: `SELECT r.k, coalesce(m.y, 0) AS y, coalesce(m.e, 0) AS e, ${parts.join(', ')} FROM ${relation.name} AS r
      LEFT JOIN ${marks} AS m ON m.k = r.k WHERE ${sampleWhere(relation.rows, rows, 'slices', 'r.k')}`,
  };
}

function partSql(cut: SliceCut, dialect: Dialect): string {
  const { column } = cut;
  if (cut.by === 'value') return dialect.asText(`r.${column.id}`, column.type);
  if (cut.by === 'seconds')
    return `CAST(${bucketSql({ ...column, id: `r.${column.id}` }, cut.seconds, dialect)} AS VARCHAR)`;
  const cell = `CAST(r.${column.id} AS DOUBLE)`;
  const whens = cut.edges.map((edge, i) => `WHEN ${cell} < ${doubleSql(edge)} THEN '${i}'`).join(' ');
  return `CASE WHEN ${nullSql({ ...column, id: `r.${column.id}` })} THEN NULL ${whens} ELSE '${cut.edges.length}' END`;
}

/** Those of the marks `(k, y, e)` that fall on the rows of {@link slicedRows}. */
export function sampledMarks(marks: Query, of: number, rows: number): Query {
  return { ...marks, sql: `SELECT k, y, e FROM (${marks.sql}) WHERE ${sampleWhere(of, rows, 'slices')}` };
}

/** Distinct rows that a table of findings flags, as marks of which nothing is foretold. */
export function flaggedMarks(flagged: string): Query {
  return { sql: `SELECT DISTINCT k, 1 AS y, 0 AS e FROM ${flagged}` };
}

/** Rows of each value of a column, and those that a table of findings flags: `(part, n, x)`. */
export function flaggedByValue(relation: Relation, flagged: string, { id, type }: Column, dialect: Dialect): Query {
  return {
    sql: `SELECT ${dialect.asText(`r.${id}`, type)} AS part, count(*) AS n, CAST(sum(coalesce(m.y, 0)) AS BIGINT) AS x
      FROM ${relation.name} AS r LEFT JOIN (${flaggedMarks(flagged).sql}) AS m ON m.k = r.k GROUP BY part ORDER BY part NULLS FIRST`,
  };
}

/**
 * Rows `n`, marks `x` and their squares `xx`, what is beyond the foretold `d`, its squares `dd` and cubes `ddd` of every
 * slice of one cut and of two, `set` being the place in `sets`; `a`, `b` the parts. Rows inside one of `without` are left
 * out. The last row, set -1, is all rows together.
 */
export function sliceCounts(
  table: string,
  sets: readonly (readonly number[])[],
  without: readonly (readonly SlicePart[])[],
  least: number,
  dialect: Dialect,
): Query {
  const inside = (slice: readonly SlicePart[]): string =>
    slice
      .map(({ cut, part }) => (part === null ? `s${cut} IS NULL` : `coalesce(s${cut} = ${dialect.text(part)}, false)`))
      .join(' AND ');
  const where = without.map((slice) => `NOT (${inside(slice)})`).join(' AND ') || 'true';
  const y = 'CAST(y AS DOUBLE)';
  const d = '(CAST(y AS DOUBLE) - e)';
  // Third powers are rounded coarsely: sums of their size differ in late digits with the order of the terms.
  const beyond = `round(sum(${d}), 6) AS d, round(sum(${d} * ${d}), 6) AS dd, round(sum(${d} * ${d} * ${d}), 2) AS ddd`;
  const sums = `count(*) AS n, round(sum(${y}), 6) AS x, round(sum(${y} * y), 6) AS xx, ${beyond}`;
  const parts = sets.map(
    (
      [a, b],
      i,
    ) => `SELECT ${i} AS "set", s${a} AS a, ${b === undefined ? 'CAST(NULL AS VARCHAR)' : `s${b}`} AS b, ${sums}
      FROM rest GROUP BY ${b === undefined ? `s${a}` : `s${a}, s${b}`} HAVING count(*) >= ${least}`,
  );
  const all = `SELECT -1 AS "set", CAST(NULL AS VARCHAR) AS a, CAST(NULL AS VARCHAR) AS b, ${sums} FROM rest`;
  return {
    sql: `WITH rest AS (SELECT * FROM ${table} WHERE ${where}) ${[...parts, all].join(' UNION ALL ')} ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST`,
  };
}
