import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { sampleWhere } from './sample-where.js';

/** A column that lists items: a list, or text with a separator. */
export interface History {
  readonly column: Column;
  readonly separator: string | null;
}

const sampleRows = 5000;

/** The items of a history as a list of texts; null for null. Brackets and quotes of a list that was written as text are no part of an item. */
function itemsSql({ column, separator }: History, dialect: Dialect): string {
  if (separator === null) return `CAST(${column.id} AS VARCHAR[])`;
  const bare = dialect.replace(column.id, `[\\[\\]"']`, '');
  return `string_split(${separator === ' ' ? `trim(${bare})` : dialect.replace(bare, ' ', '')}, ${dialect.text(separator)})`;
}

/** What a sample of rows says of each candidate, in its place: `(place, filled, several, known)`, the shares of rows with a value, of values with two items or more, and of items that the item column has. */
export function historyShares(
  relation: Relation,
  item: Column,
  candidates: readonly History[],
  dialect: Dialect,
): Query {
  const columns = [...new Set(candidates.map(({ column }) => column.id))].join(', ');
  const parts = candidates.map((history, place) => {
    const rows = `SELECT ${itemsSql(history, dialect)} AS h FROM sampled`;
    return `SELECT ${place} AS place, (SELECT avg(CASE WHEN len(h) > 1 THEN 1 ELSE 0 END) FROM (${rows})) AS several,
      (SELECT avg(CASE WHEN items.i IS NULL THEN 0 ELSE 1 END) FROM (SELECT unnest(h) AS i FROM (${rows})) AS part LEFT JOIN items ON items.i = part.i) AS known`;
  });
  return {
    sql: `WITH sampled AS MATERIALIZED (SELECT ${columns} FROM ${relation.name} WHERE ${sampleWhere(relation.rows, sampleRows, 'sequence')}),
      items AS MATERIALIZED (SELECT DISTINCT CAST(${item.id} AS VARCHAR) AS i FROM ${relation.name})
      ${parts.join(' UNION ALL ')} ORDER BY place`,
  };
}

/** Whose events a history may repeat, and in which order; null where it is not known. */
export interface EventsBefore {
  readonly user: Column;
  readonly time: Column;
}

/**
 * `(k, h, i, b, r, y)`: history, own item, the item of the user's event before (null where there is none in the file), how many of
 * the user's events just before had the row's own item (null where they reach back to the user's first event of the file, or to one
 * without an item: what came before that is not known), label.
 */
function rowsSql(
  relation: Relation,
  item: Column,
  label: Label | null,
  history: History,
  events: EventsBefore | null,
  dialect: Dialect,
): string {
  const y = label === null ? 'CAST(NULL AS INTEGER)' : labelSql(label, dialect);
  const own = `CAST(${item.id} AS VARCHAR)`;
  if (events === null)
    return `(SELECT k, ${itemsSql(history, dialect)} AS h, ${own} AS i, CAST(NULL AS VARCHAR) AS b, CAST(NULL AS BIGINT) AS r, ${y} AS y FROM ${relation.name})`;
  // Rows without a user are nobody's events.
  const isKnown = `${events.user.id} IS NOT NULL`;
  const inOrder = `PARTITION BY ${events.user.id} ORDER BY ${events.time.id}, k`;
  // `broke`: the place at which the latest run of one item began; `known`: the same where the item before it is known.
  return `(SELECT k, h, i, b, CASE WHEN broke = known THEN place - broke END AS r, y
    FROM (SELECT k, h, i, b, y, place,
        max(CASE WHEN b IS DISTINCT FROM i THEN place END) OVER run AS broke, max(CASE WHEN b <> i THEN place END) OVER run AS known
      FROM (SELECT k, ${itemsSql(history, dialect)} AS h, ${own} AS i, ${y} AS y, ${events.user.id} AS u,
          CASE WHEN ${isKnown} THEN lag(${own}) OVER (${inOrder}) END AS b,
          CASE WHEN ${isKnown} THEN row_number() OVER (${inOrder}) END AS place
        FROM ${relation.name}) AS ordered
      WINDOW run AS (PARTITION BY u ORDER BY place)) AS counted)`;
}

function threeSql(a: number, b: number, c: number): string {
  return `len(h) > 2 AND h[${a}] = h[${b}] AND h[${b}] = h[${c}]`;
}

function countSql(where: string): string {
  return `count(*) FILTER (WHERE ${where})`;
}

/**
 * Whether the own item is at the end of a history; `exact`: and there once more than the user's events just before explain, so
 * that a return to an item is told from the event itself.
 */
function isOwnSql(end: 'first' | 'last', isExact: boolean): string {
  if (!isExact) return `h[${end === 'first' ? 1 : -1}] = i`;
  const slice = end === 'first' ? 'h[1:(r + 1)]' : 'h[-(r + 1):]';
  return `r IS NOT NULL AND len(h) > r AND list_min(${slice}) = i AND list_max(${slice}) = i`;
}

/**
 * Where the row's own item stands in its history, in one row: `n` histories of two items or more, `p` of them of positives. Of each end: `at`,
 * own item there; `next`, own item beside it; `at_p`, of positives; `follows`, how many have the item of the user's event before there, of
 * `before` rows with one; `exact` and `exact_p`, own item there once more than the events before explain. Also how often three equal items begin
 * (`leading`) or end (`trailing`) it, and which (`leader`, `trailer`).
 */
export function ownItems(
  relation: Relation,
  item: Column,
  label: Label | null,
  history: History,
  events: EventsBefore | null,
  dialect: Dialect,
): Query {
  const ends = (['first', 'last'] as const).flatMap((end) => {
    const [at, beside] = end === 'first' ? [1, 2] : [-1, -2];
    return [
      `${countSql(isOwnSql(end, false))} AS ${end}_at`,
      `${countSql(`h[${beside}] = i`)} AS ${end}_next`,
      `${countSql(`${isOwnSql(end, false)} AND y = 1`)} AS ${end}_at_p`,
      `${countSql(`h[${at}] = b`)} AS ${end}_follows`,
      `${countSql(isOwnSql(end, true))} AS ${end}_exact`,
      `${countSql(`${isOwnSql(end, true)} AND y = 1`)} AS ${end}_exact_p`,
    ];
  });
  return {
    sql: `SELECT count(*) AS n, count(*) FILTER (WHERE y = 1) AS p, count(b) AS before, ${ends.join(', ')},
        count(*) FILTER (WHERE ${threeSql(1, 2, 3)}) AS leading, mode(h[1]) FILTER (WHERE ${threeSql(1, 2, 3)}) AS leader,
        count(*) FILTER (WHERE ${threeSql(-1, -2, -3)}) AS trailing, mode(h[-1]) FILTER (WHERE ${threeSql(-1, -2, -3)}) AS trailer
      FROM ${rowsSql(relation, item, label, history, events, dialect)} WHERE len(h) > 1`,
  };
}

/** Rows by the length of their history, the longest first: `(length, n)`. */
export function historyLengths(relation: Relation, history: History, most: number, dialect: Dialect): Query {
  return {
    sql: `SELECT length, count(*) AS n FROM (SELECT len(${itemsSql(history, dialect)}) AS length FROM ${relation.name}) WHERE length IS NOT NULL
      GROUP BY length ORDER BY length DESC LIMIT ${most}`,
  };
}

/** Rows whose own item is at an end of their history: a subquery with `k`. */
export function ownAtEnd(
  relation: Relation,
  item: Column,
  history: History,
  { end, events }: { readonly end: 'first' | 'last'; readonly events: EventsBefore | null },
  dialect: Dialect,
): string {
  return `(SELECT k FROM ${rowsSql(relation, item, null, history, events, dialect)} WHERE len(h) > 1 AND ${isOwnSql(end, events !== null)})`;
}
