import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import { isNumeric, typeKind } from '../type-kinds.js';
import { nullSql, numberSql } from './missing-mark.js';

/** A table `(k, a_<id>, b_<id> for each column)`: cells of training rows and what serving had. */
export interface Joined {
  readonly table: string;
  readonly columns: readonly Column[];
  /** Numbers are the same where they differ by at most this share of 1 + the served one. */
  readonly tolerance: number;
}

/** The {@link Joined} table: training rows whose key one served row has. Keys that serving logged twice join nothing. */
export function joinedRows(
  train: Relation,
  serving: Relation,
  key: readonly Column[],
  columns: readonly Column[],
): Query {
  const cells = columns.flatMap(({ id }) => [`, t.${id} AS a_${id}`, `, s.${id} AS b_${id}`]).join('');
  const ids = key.map(({ id }) => id).join(', ');
  const once = `SELECT ${ids} FROM ${serving.name} GROUP BY ${ids} HAVING count(*) = 1`;
  const on = (a: string, b: string): string => key.map(({ id }) => `${a}.${id} = ${b}.${id}`).join(' AND ');
  return {
    sql: `SELECT t.k AS k${cells} FROM ${train.name} AS t JOIN ${serving.name} AS s ON ${on('t', 's')}
      JOIN (${once}) AS o ON ${on('o', 's')}`,
  };
}

/** Whether the two cells of a row differ; never unknown. */
function differsSql(column: Column, tolerance: number, a: string, b: string): string {
  const [left, right] = [
    { ...column, id: a },
    { ...column, id: b },
  ];
  if (!isNumeric(column.type)) return `(${a} IS DISTINCT FROM ${b})`;
  const [x, y] = [numberSql(left), numberSql(right)];
  const apart =
    typeKind(column.type) === 'integer' ? `${a} <> ${b}` : `abs(${x} - ${y}) > ${tolerance} * (1 + abs(${y}))`;
  return `(CASE WHEN ${nullSql(left)} OR ${nullSql(right)} THEN ${nullSql(left)} <> ${nullSql(right)} ELSE ${apart} END)`;
}

function cellsDiffer({ tolerance }: Joined, column: Column): string {
  return differsSql(column, tolerance, `a_${column.id}`, `b_${column.id}`);
}

/** One row: `n` joined rows, and of each column the cells `d<i>` that differ. */
export function differenceCounts(joined: Joined): Query {
  const parts = joined.columns.map((column, i) => `, count(*) FILTER (WHERE ${cellsDiffer(joined, column)}) AS d${i}`);
  return { sql: `SELECT count(*) AS n${parts.join('')} FROM ${joined.table}` };
}

/** One row on the differing cells above 0 on both sides: `n`, and the .05 and .95 quantile `low`, `high` of ln(served / trained). */
export function logRatios(joined: Joined, column: Column, dialect: Dialect): Query {
  const [a, b] = [`a_${column.id}`, `b_${column.id}`].map((id) => numberSql({ ...column, id }));
  return {
    sql: `SELECT count(*) AS n, ${dialect.quantile('x', 0.05)} AS low, ${dialect.quantile('x', 0.95)} AS high
      FROM (SELECT ln(${b} / ${a}) AS x FROM ${joined.table} WHERE ${cellsDiffer(joined, column)} AND ${a} * ${b} > 0)`,
  };
}

/** The most frequent value of each side among differing cells: `(side, value, n)`. */
export function usualDifference(joined: Joined, column: Column): Query {
  const part = (side: string, cell: string): string =>
    `SELECT * FROM (SELECT '${side}' AS side, CAST(${cell} AS VARCHAR) AS value, count(*) AS n FROM ${joined.table}
      WHERE ${cellsDiffer(joined, column)} GROUP BY value ORDER BY n DESC, value NULLS FIRST LIMIT 1)`;
  return { sql: `${part('serving', `b_${column.id}`)} UNION ALL ${part('training', `a_${column.id}`)} ORDER BY side` };
}

/** How late a value may be: by a time, or as it stood when the hour or day of so many seconds began. 0 seconds: the event before. */
export interface Lag {
  readonly kind: 'before' | 'start';
  readonly seconds: number;
}

/** What is asked of the differing cells of a column. */
export interface AsOf {
  readonly column: Column;
  readonly entity: Column;
  readonly time: Column;
  /** The side that may be late; the other one is its past. */
  readonly side: 'serving' | 'training';
  readonly lags: readonly Lag[];
  readonly sample: number;
}

/**
 * For each lag the differing cells whose entity has a row that long ago, `n`, and those that hold its value, `same`:
 * `(place, n, same)`, the position of the lag.
 */
export function asOfMatches(
  train: Relation,
  joined: Joined,
  { column, entity, time, side, lags, sample }: AsOf,
  dialect: Dialect,
): Query {
  const [late, past] = side === 'serving' ? ['b', 'a'] : ['a', 'b'];
  const moment = dialect.epoch(`t.${time.id}`, time.type);
  const rows = `SELECT j.k AS k, t.${entity.id} AS e, ${moment} AS s, j.${late}_${column.id} AS late, j.${past}_${column.id} AS past,
    ${cellsDiffer(joined, column)} AS differs FROM ${joined.table} AS j JOIN ${train.name} AS t ON t.k = j.k
    WHERE t.${entity.id} IS NOT NULL AND t.${time.id} IS NOT NULL`;
  const drawn = `SELECT * FROM rows WHERE differs ORDER BY ${dialect.uniform('skew', 'k')}, k LIMIT ${sample}`;
  const asked = lags.map(({ kind, seconds }, place) => {
    const until = kind === 'start' ? `floor(s / ${seconds}) * ${seconds}` : `s - ${seconds === 0 ? 0.000001 : seconds}`;
    return `SELECT ${place} AS place, e, late, ${until} AS until FROM drawn`;
  });
  const same = `NOT ${differsSql(column, joined.tolerance, 'x.late', 'h.past')}`;
  return {
    sql: `WITH rows AS (${rows}), drawn AS (${drawn}), asked AS (${asked.join(' UNION ALL ')})
      SELECT x.place AS place, count(*) AS n, count(*) FILTER (WHERE ${same}) AS same
      FROM asked AS x ASOF JOIN rows AS h ON x.e = h.e AND x.until >= h.s GROUP BY x.place ORDER BY x.place`,
  };
}

/** The differing cells in the form of `Flagged`, each column under its own code. */
export function differingCells(
  joined: Joined,
  columns: readonly { readonly column: Column; readonly code: string }[],
  dialect: Dialect,
): Query {
  const parts = columns.map(({ column, code }) => {
    const [a, b] = [`a_${column.id}`, `b_${column.id}`];
    return `SELECT k, ${dialect.text(code)} AS code, ${dialect.text(column.name)} AS column_name, CAST(1 AS DOUBLE) AS score,
      CAST(NULL AS VARCHAR) AS suggestion, concat('{"trained":', ${jsonSql(a)}, ',"served":', ${jsonSql(b)}, '}') AS args
      FROM ${joined.table} WHERE ${cellsDiffer(joined, column)}`;
  });
  return { sql: parts.join(' UNION ALL ') };
}

/** A cell as a JSON text; null for null. */
function jsonSql(cell: string): string {
  return `coalesce(to_json(CAST(${cell} AS VARCHAR)), 'null')`;
}
