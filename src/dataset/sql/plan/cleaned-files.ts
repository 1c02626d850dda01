import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Compiled } from './compiled.js';
import { isFloat, isScalar } from './type-names.js';

/** A file of cleaned rows: where it lies, its rows, and what its folders say of the columns that it does not hold. */
export interface RowsFile {
  readonly path: string;
  readonly rows: number;
  /** Column ids and texts of their values. */
  readonly folders: Readonly<Record<string, string>>;
}

/** True for types whose values come back from a text as they were. */
export function isText(type: string): boolean {
  return isScalar(type) && type !== 'BLOB';
}

/** Live rows with their key first, in key order. */
export function keyedQuery({ result, columns, inOrder }: Compiled): Query {
  const values = ['r.k AS k', ...columns.map((c) => `r.${c.id} AS ${c.id}`)];
  return {
    ...result,
    sql: `SELECT ${values.join(', ')} FROM (${result.sql}) AS r${inOrder ? '' : ' ORDER BY r.k, r.copy'}`,
  };
}

/** Rows of one source file under the user's names, without the columns that folders tell; `keyed` has the key first. */
export function rowsOfFileQuery(
  keyed: Relation,
  file: number,
  columns: readonly Column[],
  told: readonly string[],
  dialect: Dialect,
): Query {
  const named = columns.flatMap((c, i) => (told.includes(c.id) ? [] : [`r.c${i + 1} AS ${dialect.id(c.name)}`]));
  const [first, next] = [BigInt(file) << 40n, BigInt(file + 1) << 40n];
  return { sql: `SELECT ${named.join(', ')} FROM ${keyed.name} AS r WHERE r.c0 >= ${first} AND r.c0 < ${next}` };
}

/** Counts rows (`rows`) whose value of a column is not the one that the folders of their source file tell. */
export function otherThanFolderQuery(
  keyed: Relation,
  place: number,
  type: string,
  texts: readonly string[],
  dialect: Dialect,
): Query {
  const told = `list_extract([${texts.map(dialect.text).join(', ')}], CAST((r.c0 >> 40) + 1 AS BIGINT))`;
  return {
    sql: `SELECT count(*) AS rows FROM ${keyed.name} AS r WHERE r.c${place + 1} IS DISTINCT FROM CAST(${told} AS ${type})`,
  };
}

/** Rows of text files as they were written: `k` the place over all files, columns as `c0` … in their types. */
export function rowsOfTextsQuery(
  files: readonly RowsFile[],
  format: 'csv' | 'jsonl',
  columns: readonly Column[],
  dialect: Dialect,
): Query {
  const { text } = dialect;
  const paths = `[${files.map((file) => text(file.path)).join(', ')}]`;
  const held = columns.filter((c) => !isTold(c, files));
  const name = fileName(held);
  const scan = format === 'csv' ? csvScan(paths, held, name, dialect) : jsonScan(paths, held, name, dialect);
  const place = `list_position(${paths}, t.${dialect.id(name)})`;
  const values = columns.map((c, at) => {
    const value = isTold(c, files) ? toldSql(c, files, place, dialect) : `t.${heldName(c, format, dialect)}`;
    return `CAST(${value} AS ${c.type}) AS c${at}`;
  });
  return { sql: `SELECT ${['row_number() OVER () - 1 AS k', ...values].join(', ')} FROM ${scan} AS t` };
}

/** The same for Parquet files that are attached in the order of `files`. */
export function rowsOfRelationQuery(
  files: readonly RowsFile[],
  relation: Relation,
  columns: readonly Column[],
  dialect: Dialect,
): Query {
  const held = columns.filter((c) => !isTold(c, files));
  const place = 'CAST((r.k >> 40) + 1 AS BIGINT)';
  const starts = files.map((_, i) => files.slice(0, i).reduce((sum, file) => sum + file.rows, 0));
  const k = `(r.k & ${(1n << 40n) - 1n}) + list_extract([${starts.join(', ')}], ${place}) AS k`;
  const values = columns.map((c, at) => {
    const value = isTold(c, files)
      ? `CAST(${toldSql(c, files, place, dialect)} AS ${c.type})`
      : `r.c${held.indexOf(c)}`;
    return `${value} AS c${at}`;
  });
  return { sql: `SELECT ${[k, ...values].join(', ')} FROM ${relation.name} AS r` };
}

function isTold(column: Column, files: readonly RowsFile[]): boolean {
  return files[0]!.folders[column.id] !== undefined;
}

/** The text that the folders of the file at `place` (from 1) tell. */
function toldSql(column: Column, files: readonly RowsFile[], place: string, { text }: Dialect): string {
  return `list_extract([${files.map((file) => text(file.folders[column.id]!)).join(', ')}], ${place})`;
}

/** A name for the reader's column of paths that no column has. */
function fileName(columns: readonly Column[]): string {
  const taken = new Set(columns.flatMap((c) => [c.id, c.name.toLowerCase()]));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return free('assay_file');
}

function heldName(column: Column, format: 'csv' | 'jsonl', dialect: Dialect): string {
  return format === 'csv' ? column.id : dialect.id(column.name);
}

/** Buffers of two lines at most: the reader would take sixteen. */
function csvScan(paths: string, columns: readonly Column[], name: string, { text }: Dialect): string {
  const types = columns.map((c) => `${text(c.id)}: 'VARCHAR'`).join(', ');
  return `read_csv(${paths}, columns = {${types}}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
nullstr = '', allow_quoted_nulls = false, max_line_size = 16777216, buffer_size = 33554432, hive_partitioning = false, filename = ${text(name)})`;
}

function jsonScan(paths: string, columns: readonly Column[], name: string, { text }: Dialect): string {
  const types = columns.map((c) => `${text(c.name)}: 'VARCHAR'`).join(', ');
  return `read_json(${paths}, columns = {${types}}, format = 'newline_delimited', maximum_object_size = 16777216,
hive_partitioning = false, filename = ${text(name)})`;
}

/** What rows are, bits of floats included, whatever their order: `rows` and `print`. `ids` are columns of the query. */
export function fingerprintQuery(
  query: Query,
  ids: readonly string[],
  columns: readonly Column[],
  dialect: Dialect,
): Query {
  const values = columns.map((c, i) => (isFloat(c.type) ? `CAST(r.${ids[i]} AS BIT)` : `r.${ids[i]}`));
  const sum = `CAST(sum(CAST(${dialect.rowHash(values)} AS HUGEINT)) AS VARCHAR)`;
  return { ...query, sql: `SELECT count(*) AS rows, ${sum} AS print FROM (${query.sql}) AS r` };
}

/** How most column chunks of a Parquet file are compressed: `codec`, in small letters. */
export function codecQuery(path: string, dialect: Dialect): Query {
  return {
    sql: `SELECT lower(compression) AS codec FROM parquet_metadata(${dialect.text(path)}) GROUP BY codec ORDER BY count(*) DESC, codec LIMIT 1`,
  };
}
