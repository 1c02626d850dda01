import { duckDbDialect } from '../../sql/dialect-duckdb.js';

const { id, text } = duckDbDialect;

/** Parquet files as one table expression, columns matched by name. */
export function readParquet(files: readonly string[]): string {
  const union = files.length > 1 ? ', union_by_name = true' : '';
  return `read_parquet([${files.map(text).join(', ')}], hive_partitioning = false${union})`;
}

/** Names of the columns that the reader adds on request. */
const ordinal = 'file_index';
const row = 'file_row_number';

/**
 * The files with the ordinal of the file and the row in it. They come from the reader, unless a user column has the
 * reader's name for them; then rows are numbered by a window, which is slower and keeps the same order.
 */
export function keyedParquet(
  files: readonly string[],
  names: readonly string[],
): { readonly from: string; readonly ordinal: string; readonly row: string } {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  if (!taken.has(ordinal) && !taken.has(row)) return { from: readParquet(files), ordinal, row };
  const file = free('assay_file', taken);
  const place = free('assay_row', taken);
  const numbered = files.map(
    (path, i) => `SELECT *, ${i} AS ${id(file)}, row_number() OVER () - 1 AS ${id(place)} FROM ${readParquet([path])}`,
  );
  return { from: `(${numbered.join(' UNION ALL BY NAME ')})`, ordinal: id(file), row: id(place) };
}

function free(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? free(`${name}_`, taken) : name;
}
