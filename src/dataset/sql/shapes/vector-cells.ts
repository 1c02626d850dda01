import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';

/**
 * What is known of each vector of a column: `(k, d, bad, norm, h, first[, e0, e1 ...])`, its length, its elements that are no
 * finite number, its Euclidean norm where it has none of these, a hash of it and its first element, and the entities of the
 * row. Rows without a vector are left out.
 */
export function vectorCells(relation: Relation, column: Column, entities: readonly Column[], dialect: Dialect): Query {
  const ids = entities.map(({ id }, i) => `, CAST(${id} AS VARCHAR) AS e${i}`).join('');
  const carried = entities.map((_, i) => `, e${i}`).join('');
  const bad = 'len(list_filter(v, lambda x: x IS NULL OR NOT isfinite(x)))';
  // The product refuses a null in any list it is handed, also where its result is not asked for.
  const sound = 'list_transform(v, lambda x: coalesce(x, 0))';
  return {
    sql: `SELECT k, d, bad, CASE WHEN bad = 0 AND d > 0 THEN sqrt(list_dot_product(sound, sound)) END AS norm,
      ${dialect.rowHash(['v'])} AS h, v[1] AS first${carried}
      FROM (SELECT k, v, CAST(len(v) AS INTEGER) AS d, CAST(${bad} AS INTEGER) AS bad, ${sound} AS sound${carried}
        FROM (SELECT k, CAST(${column.id} AS DOUBLE[]) AS v${ids} FROM ${relation.name} WHERE ${column.id} IS NOT NULL))`,
  };
}

/** Vectors by length, most first: `(d, n)`. */
export function vectorLengths(cells: string): Query {
  return { sql: `SELECT d, count(*) AS n FROM ${cells} GROUP BY d ORDER BY n DESC, d` };
}

/** One row: quartiles `a`, `b`, `c` of the logarithm of the norms of vectors of one length that are not zero. */
export function normQuartiles(cells: string, length: number, dialect: Dialect): Query {
  const at = { a: 0.25, b: 0.5, c: 0.75 };
  const parts = Object.entries(at).map(([name, q]) => `${dialect.quantile('ln(norm)', q)} AS ${name}`);
  return { sql: `SELECT ${parts.join(', ')} FROM ${cells} WHERE d = ${length} AND norm > 0` };
}

/**
 * Table `(h, norm, first, n, m0 ...)`: the vectors of one length that are sound and not zero, with their rows and how many
 * values of each entity hold them. Equal are those of equal hash, norm and first element.
 */
export function vectorHolders(cells: string, length: number, entities: number): Query {
  const counts = Array.from({ length: entities }, (_, i) => `, count(DISTINCT e${i}) AS m${i}`).join('');
  return {
    sql: `SELECT h, norm, first, count(*) AS n${counts} FROM ${cells} WHERE d = ${length} AND norm > 0
      GROUP BY h, norm, first`,
  };
}

/** One row: `vectors`, and of a count of holders how many are `alone` and how many are `shared` by `most` or more. */
export function holderCounts(holders: string, count: string, most: number): Query {
  return {
    sql: `SELECT count(*) AS vectors, count(*) FILTER (WHERE ${count} <= 1) AS alone,
      count(*) FILTER (WHERE ${count} >= ${most}) AS shared FROM ${holders}`,
  };
}

/** Cells whose vector has `least` holders or more, with that number `m`: in brackets, to select from. */
export function sharedCells(cells: string, holders: string, count: string, least: number): string {
  return `(SELECT c.*, s.${count} AS m FROM ${cells} AS c JOIN ${holders} AS s
    ON s.h = c.h AND s.norm = c.norm AND s.first = c.first WHERE s.${count} >= ${least})`;
}

/** SQL of a vector of zeros, of its first half, and of it times a number; all of the type of the column. */
export const vectorSql = {
  zeroed: ({ id, type }: Column): string => `CAST(list_transform(${id}, lambda x: 0) AS ${type})`,
  truncated: ({ id, type }: Column): string => `CAST(${id}[1:len(${id}) // 2] AS ${type})`,
  scaled: ({ id, type }: Column, times: number): string =>
    `CAST(list_transform(${id}, lambda x: x * ${times}) AS ${type})`,
};

/** The vector of the row that comes first in a draw, as a value for all. */
export function drawnVector(relation: Relation, { id }: Column, seed: string, dialect: Dialect): string {
  return `(SELECT ${id} FROM ${relation.name} WHERE ${id} IS NOT NULL AND len(${id}) > 0
    ORDER BY ${dialect.uniform(seed, 'k')}, k LIMIT 1)`;
}

/** Condition of a row whose vector holds a finite number other than 0 and is longer than 1. */
export function tellingVector({ id }: Column): string {
  return `${id} IS NOT NULL AND len(${id}) > 1 AND len(list_filter(${id}, lambda x: isfinite(x) AND x <> 0)) > 0`;
}
