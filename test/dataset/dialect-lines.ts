import type { EngineFault } from '../../src/core/errors.js';
import type { Value } from '../../src/core/engine.js';

type Rows = readonly Readonly<Record<string, Value>>[];

/** A line of SQL as the shapes write it, and what every engine must answer. */
export interface Line {
  readonly about: string;
  readonly sql: string;
  readonly rows: Rows;
}

const two = (a: string, b: string): string => `(SELECT ${a} AS x, 1 AS i UNION ALL SELECT ${b} AS x, 2 AS i)`;
const none = '(SELECT CAST(1 AS BIGINT) AS x WHERE false)';

/** Traps between engines that the dialect or the translation takes away. */
export const equal: readonly Line[] = [
  { about: 'division of whole numbers', sql: 'SELECT 7 / 2 AS x', rows: [{ x: 3.5 }] },
  {
    about: 'sums and extremes of nothing are null, a count is zero',
    sql: `SELECT sum(x) AS s, min(x) AS l, max(x) AS h, avg(x) AS a, count(x) AS n FROM ${none}`,
    rows: [{ s: null, l: null, h: null, a: null, n: 0n }],
  },
  {
    about: 'a join that misses gives null',
    sql: `SELECT b.i AS x FROM (SELECT 3 AS i) AS a LEFT JOIN ${two('1', '2')} AS b ON a.i = b.i`,
    rows: [{ x: null }],
  },
  {
    about: 'a key absent from a grouping set is null',
    sql: `SELECT x, grouping(x) = 1 AS whole, count(*) AS n FROM ${two("'a'", "'a'")} GROUP BY GROUPING SETS ((x), ()) ORDER BY whole`,
    rows: [
      { x: 'a', whole: false, n: 2n },
      { x: null, whole: true, n: 2n },
    ],
  },
  {
    about: 'null equals null only where that is asked',
    sql: 'SELECT NULL = NULL AS a, NULL IS NOT DISTINCT FROM NULL AS b, 1 IS DISTINCT FROM NULL AS c',
    rows: [{ a: null, b: true, c: true }],
  },
  {
    about: 'nulls come last in either order, first on request',
    sql: `SELECT x FROM (SELECT 1 AS x UNION ALL SELECT NULL AS x UNION ALL SELECT 2 AS x) ORDER BY x DESC`,
    rows: [{ x: 2 }, { x: 1 }, { x: null }],
  },
  {
    about: 'an order behind a union is that of the union',
    sql: 'SELECT 2 AS x UNION ALL SELECT 3 AS x UNION ALL SELECT 1 AS x ORDER BY x',
    rows: [{ x: 1 }, { x: 2 }, { x: 3 }],
  },
  { about: 'a point between blanks in a text', sql: "SELECT 'a . b' AS x", rows: [{ x: 'a . b' }] },
  {
    about: 'texts are rounded where they become whole or decimal, and a number is no moment',
    sql: `SELECT TRY_CAST(x AS INTEGER) AS n, TRY_CAST(x AS DECIMAL(9,2)) AS d, TRY_CAST(x AS TIMESTAMP) AS t FROM ${two("'2.5'", "'1.005'")} ORDER BY i`,
    rows: [
      { n: 3, d: '2.50', t: null },
      { n: 1, d: '1.01', t: null },
    ],
  },
  {
    about: 'a day that no calendar has is none, and a day is read out of a moment',
    sql: `SELECT TRY_CAST(x AS DATE) AS d FROM ${two("'2024-02-30'", "'2024-01-02 03:04'")} ORDER BY i`,
    rows: [{ d: null }, { d: '2024-01-02' }],
  },
  {
    about: 'casts that may fail keep what a number is',
    sql: `SELECT TRY_CAST(CAST('0.1' AS FLOAT) AS DOUBLE) AS a, TRY_CAST(CAST('1.5' AS DOUBLE) AS BOOLEAN) AS b, TRY_CAST(TRUE AS INTEGER) AS c,
      TRY_CAST(CAST('1.10' AS DECIMAL(9,2)) AS VARCHAR) AS d, TRY_CAST(CAST('16777217' AS FLOAT) AS DECIMAL(9,2)) AS e`,
    rows: [{ a: 0.10000000149011612, b: true, c: 1, d: '1.10', e: null }],
  },
  {
    about: 'the sign of zero, and a truth value out of a CASE',
    sql: `SELECT signbit(x) AS s, CASE WHEN i = 1 THEN x > 1 ELSE TRUE END AS c FROM ${two("CAST('-0.0' AS DOUBLE)", "CAST('1' AS DOUBLE)")} ORDER BY i`,
    rows: [
      { s: true, c: false },
      { s: false, c: true },
    ],
  },
  {
    about: 'a row becomes several',
    sql: `WITH a AS NOT MATERIALIZED (SELECT i FROM ${two('1', '2')})
      SELECT unnest(CASE WHEN i = 1 THEN list_concat([0], CAST(range(2, 4) AS INTEGER[])) ELSE [7] END) AS u FROM a ORDER BY u`,
    rows: [{ u: 0 }, { u: 2 }, { u: 3 }, { u: 7 }],
  },
  {
    about: 'halves are rounded away from zero, and to even in a cast',
    sql: `SELECT round(x) AS a, CAST(x AS INTEGER) AS b, round(-x) AS c FROM ${two('CAST(0.5 AS DOUBLE)', 'CAST(2.5 AS DOUBLE)')} ORDER BY i`,
    rows: [
      { a: 1, b: 0, c: -1 },
      { a: 3, b: 2, c: -3 },
    ],
  },
  {
    about: 'a number next to a half is not rounded up',
    sql: 'SELECT round(CAST(0.49999999999999994 AS DOUBLE)) AS x, round(CAST(4503599627370497.5 AS DOUBLE)) AS y',
    rows: [{ x: 0, y: 4_503_599_627_370_498 }],
  },
  {
    about: 'a backslash in a text is a backslash',
    sql: String.raw`SELECT 'a\nb''c' AS x, length('a\nb') AS n`,
    rows: [{ x: String.raw`a\nb'c`, n: 4n }],
  },
  {
    about: 'a column rules over an alias of its name',
    sql: 'SELECT abs(x) AS x FROM (SELECT CAST(-5 AS INTEGER) AS x) AS t WHERE x < 0',
    rows: [{ x: 5 }],
  },
  {
    about: 'texts are counted in characters',
    sql: "SELECT length('äö😀') AS n, left('äöü', 2) AS l, substring('äöü', 2, 1) AS s, lower('ÄB') AS d, upper('äb') AS u, trim('  ä ') AS t",
    rows: [{ n: 3n, l: 'äö', s: 'ö', d: 'äb', u: 'ÄB', t: 'ä' }],
  },
  {
    about: 'a count goes below zero',
    sql: `SELECT count(*) - 5 AS x FROM ${none}`,
    rows: [{ x: -5n }],
  },
  {
    about: 'conditions are truth values, in a table as in a result',
    sql: `SELECT a, coalesce(a, false) AS b, NOT a AS c FROM (SELECT x > 1 AS a FROM ${two('1', '2')}) ORDER BY b`,
    rows: [
      { a: false, b: false, c: true },
      { a: true, b: true, c: false },
    ],
  },
  {
    about: 'texts of numbers and moments',
    sql: `SELECT CAST(CAST(1 AS DOUBLE) AS VARCHAR) AS a, CAST(CAST(0.00001 AS DOUBLE) AS VARCHAR) AS b, CAST(CAST('1e16' AS DOUBLE) AS VARCHAR) AS c,
      CAST(CAST('-2.5e22' AS DOUBLE) AS VARCHAR) AS d, CAST(CAST('nan' AS DOUBLE) AS VARCHAR) AS e, CAST(CAST(-0.000015 AS DOUBLE) AS VARCHAR) AS f,
      CAST(TIMESTAMP '2020-01-02 03:04:05.500' AS VARCHAR) AS g, CAST(TIMESTAMP '2020-01-02 03:04:10' AS VARCHAR) AS h, CAST(DATE '2020-01-10' AS VARCHAR) AS i,
      CAST(CAST(1234567 AS BIGINT) AS VARCHAR) AS j, CAST(true AS VARCHAR) AS k, CAST(CAST(0.1 AS FLOAT) AS VARCHAR) AS l, CAST(CAST('123456789012345680000' AS DOUBLE) AS VARCHAR) AS m`,
    rows: [
      {
        a: '1.0',
        b: '1e-05',
        c: '1e+16',
        d: '-2.5e+22',
        e: 'nan',
        f: '-1.5e-05',
        g: '2020-01-02 03:04:05.5',
        h: '2020-01-02 03:04:10',
        i: '2020-01-10',
        j: '1234567',
        k: 'true',
        l: '0.1',
        m: '1.2345678901234568e+20',
      },
    ],
  },
  {
    about: 'what cannot be read is null where it is tried',
    sql: "SELECT TRY_CAST('x' AS DOUBLE) AS a, TRY_CAST(' 1.5 ' AS DOUBLE) AS b, TRY_CAST('7' AS BIGINT) AS c, TRY_CAST('' AS DOUBLE) AS d, TRY_CAST(true AS DOUBLE) AS e",
    rows: [{ a: null, b: 1.5, c: 7n, d: null, e: 1 }],
  },
  {
    about: 'filters on aggregates, over windows, by QUALIFY',
    sql: `SELECT count(*) FILTER (WHERE x > 1) AS a, sum(x) FILTER (WHERE x > 5) AS b FROM ${two('1', '2')}`,
    rows: [{ a: 1n, b: null }],
  },
  {
    about: 'the first of each by QUALIFY',
    sql: `SELECT x FROM ${two("'a'", "'b'")} QUALIFY row_number() OVER (ORDER BY i DESC) = 1`,
    rows: [{ x: 'b' }],
  },
  {
    about: 'nulls in aggregates and logarithms of base e and ten',
    sql: "SELECT count(x) AS n, log(100) AS l, ln(1) AS e, power(2, 10) AS p FROM (SELECT NULL AS x UNION ALL SELECT 'a' AS x)",
    rows: [{ n: 1n, l: 2, e: 0, p: 1024 }],
  },
  {
    about: 'the least and greatest of both, nulls apart',
    sql: 'SELECT least(2, NULL, 1) AS l, greatest(2, NULL) AS g, nullif(1, 1) AS n',
    rows: [{ l: 1, g: 2, n: null }],
  },
];

/** A line on which engines do not agree; shapes must not depend on it. An answer, or the kind of fault. */
export interface DifferingLine {
  readonly about: string;
  readonly sql: string;
  readonly rows: { readonly duckdb: Rows | EngineFault; readonly clickhouse: Rows | EngineFault };
}

const nan = "CAST('nan' AS DOUBLE)";

export const differing: readonly DifferingLine[] = [
  {
    about: 'NaN in comparisons',
    sql: `SELECT x = x AS a, x > 1 AS b FROM (SELECT ${nan} AS x) AS t`,
    rows: { duckdb: [{ a: true, b: true }], clickhouse: [{ a: false, b: false }] },
  },
  {
    about: 'NaN as the greatest',
    sql: `SELECT max(x) AS x FROM ${two(nan, 'CAST(1 AS DOUBLE)')}`,
    rows: { duckdb: [{ x: NaN }], clickhouse: [{ x: 1 }] },
  },
  {
    about: 'a text that is no number, in a cast',
    sql: "SELECT CAST('x' AS INTEGER) AS x",
    rows: { duckdb: 'data', clickhouse: [{ x: null }] },
  },
  {
    about: 'the rest of a division by zero',
    sql: 'SELECT 1 % 0 AS x',
    rows: { duckdb: [{ x: null }], clickhouse: 'data' },
  },
  {
    about: 'absence from a list with a null',
    sql: 'SELECT 1 NOT IN (2, NULL) AS x',
    rows: { duckdb: [{ x: null }], clickhouse: [{ x: true }] },
  },
  {
    about: 'a sum beyond 64 bits',
    sql: `SELECT sum(x) AS s FROM ${two('CAST(9223372036854775807 AS BIGINT)', 'CAST(1 AS BIGINT)')}`,
    rows: { duckdb: [{ s: 2n ** 63n }], clickhouse: [{ s: -(2n ** 63n) }] },
  },
];
