import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { ListRef, TypeName } from '../../../core/plan.js';
import type { Compiled, Pair } from './compiled.js';
import { fileOfKey, rowOfKey } from '../row-key.js';
import { isFloat } from './type-names.js';

/** Names of the three columns that identify a row in a file of ours. */
export interface KeyNames {
  readonly file: string;
  readonly row: string;
  readonly copy: string;
}

/** Key column names that none of `columns` has: a `_` is appended until they are free, whatever the case. */
export function keyNames(columns: readonly Column[]): KeyNames {
  const taken = new Set(columns.map((c) => c.name.toLowerCase()));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return { file: free('file'), row: free('row'), copy: free('copy') };
}

/** Rows of `query` under the user's names, sorted where `order` names columns of it. */
export function namedQuery(
  query: Query,
  columns: readonly Column[],
  order: readonly string[],
  dialect: Dialect,
): Query {
  const named = columns.map((c) => `r.${c.id} AS ${dialect.id(c.name)}`);
  // Qualified, so that a user's column of the same name is not what the rows are sorted by.
  const sort = order.length === 0 ? '' : ` ORDER BY ${order.map((id) => `r.${id}`).join(', ')}`;
  return { sql: `SELECT ${named.join(', ')} FROM (${query.sql}) AS r${sort}` };
}

/** Counts values that JSON cannot hold: `rows` of `query` with a NaN or an infinity; null where no column is a float. */
export function nonFiniteQuery(query: Query, columns: readonly Column[]): Query | null {
  const tests = columns.filter((c) => isFloat(c.type)).map((c) => `NOT isfinite(r.${c.id})`);
  return tests.length === 0
    ? null
    : { sql: `SELECT count(*) AS rows FROM (${query.sql}) AS r WHERE ${tests.join(' OR ')}` };
}

/** Live rows under the user's names, in key order and without key columns. `sorted`: the rows may lie out of order. */
export function cleanedQuery(compiled: Compiled, sorted: boolean, dialect: Dialect): Query {
  return namedQuery(compiled.result, compiled.columns, sorted ? ['k', 'copy'] : [], dialect);
}

/** Rows of `query` (`k` and columns by id) behind their key columns, under the user's names. */
export function quarantineQuery(
  query: Query,
  columns: readonly Column[],
  names: KeyNames,
  sorted: boolean,
  dialect: Dialect,
): Query {
  const key = [
    `CAST(${fileOfKey('q.k')} AS INTEGER) AS ${dialect.id(names.file)}`,
    `${rowOfKey('q.k')} AS ${dialect.id(names.row)}`,
    `CAST(0 AS INTEGER) AS ${dialect.id(names.copy)}`,
  ];
  const own = columns.map((c) => `q.${c.id} AS ${dialect.id(c.name)}`);
  return {
    sql: `SELECT ${[...key, ...own].join(', ')} FROM (${query.sql}) AS q${sorted ? ' ORDER BY q.k' : ''}`,
  };
}

/** A keyed list as it is kept beside the recipe: `row_key, copy[, value]` in key order. */
export function listQuery(list: ListRef, withValue: boolean): Query {
  const value = withValue ? `, l.${list.field ?? 'value'} AS value` : '';
  return { sql: `SELECT l.k AS row_key, l.copy AS copy${value} FROM ${list.list} AS l ORDER BY l.k, l.copy` };
}

/** A keyed list with all its columns, to be described. */
export function wholeListQuery(list: ListRef): Query {
  return { sql: `SELECT * FROM ${list.list}` };
}

/** What a keyed list holds, one row: `rows`, and `keys` distinct keys. */
export function listCountQuery(list: ListRef): Query {
  return {
    sql: `SELECT count(*) AS rows, (SELECT count(*) FROM (SELECT DISTINCT k, copy FROM ${list.list})) AS keys FROM ${list.list}`,
  };
}

/** Entries of a change log by step, and those on copies: `step, entries, on_copies`. `log` has columns by position. */
export function entryCountQuery(log: Relation): Query {
  const [copy, step] = [columnAt(log, 'copy'), columnAt(log, 'step')];
  return {
    sql: `SELECT ${step} AS step, count(*) AS entries, count(*) FILTER (${copy} > 0) AS on_copies
FROM ${log.name} GROUP BY ${step} ORDER BY ${step}`,
  };
}

/** Id of a column of an attached file of ours. */
export function columnAt(relation: Relation, name: string): string {
  const column = relation.columns.find((c) => c.name === name);
  // Files of ours are checked by their hash before they are attached, so this cannot happen to a user.
  if (column === undefined) throw new Error(`${relation.name} has no column ${name}`);
  return column.id;
}

/** Runs of consecutive keys, in key order: `first`, `rows`. One a file, unless rows were set aside. */
export function keyRangesQuery(relation: Relation, maxRanges: number): Query {
  const islands = `SELECT k, k - row_number() OVER (ORDER BY k) AS island FROM ${relation.name}`;
  return {
    sql: `SELECT min(k) AS first, count(*) AS rows FROM (${islands}) GROUP BY island ORDER BY first LIMIT ${maxRanges + 1}`,
  };
}

/** First and last key and the number of rows of each file: `first`, `last`, `rows`. */
export function keySpansQuery(relation: Relation): Query {
  return {
    sql: `SELECT min(k) AS first, max(k) AS last, count(*) AS rows FROM ${relation.name} GROUP BY k >> 40 ORDER BY first`,
  };
}

/** A relation without rows, in the place of a file of ours that holds none. Its name is a subquery. */
export function emptyRelation(columns: readonly { readonly name: string; readonly type: TypeName }[]): Relation {
  const own = columns.map((c, i) => `CAST(NULL AS ${c.type}) AS c${i}`);
  return {
    name: `(SELECT ${['CAST(NULL AS BIGINT) AS k', ...own].join(', ')} WHERE false)`,
    columns: columns.map((c, i) => ({ id: `c${i}`, name: c.name, type: c.type })),
    rows: 0,
    split: false,
    hash: '',
  };
}

/** Columns of the change log, in file order. */
export function logColumns(pairs: readonly Pair[]): readonly { readonly name: string; readonly type: TypeName }[] {
  const fixed = {
    row_key: 'BIGINT',
    copy: 'INTEGER',
    step: 'INTEGER',
    verb: 'VARCHAR',
    column: 'VARCHAR',
    code: 'VARCHAR',
  };
  return [
    ...Object.entries(fixed).map(([name, type]) => ({ name, type })),
    ...pairs.flatMap((p) => [
      { name: p.old, type: p.type },
      { name: p.new, type: p.type },
    ]),
  ];
}
