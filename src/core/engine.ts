import type { Relation } from './relation.js';
import type { TypeName } from './plan.js';

/**
 * The port behind which tables live. DuckDB is the embedded engine; a distributed one satisfies the same
 * interface and the same conformance suite. SQL text is made in `dataset/sql` only.
 */
export interface Engine {
  readonly dialect: Dialect;
  /** Where results can stay after the session; absent where the engine is this process itself. */
  readonly tables?: Tables;
  /**
   * Opens files or a table as a relation with row keys; text formats are converted once into a cached columnar file. An
   * engine that cannot reach the kind of source says so.
   */
  attach(source: Source | TableSource, call: Call): Promise<Attached>;
  /** All rows of a small result, at most `maxRows`; more is an error, never a silent cut. */
  rows(query: Query, maxRows: number, call: Call): Promise<readonly Record<string, Value>[]>;
  /** A result of any size, column batches in result order. */
  batches(query: Query, call: Call): AsyncIterable<Batch>;
  /** Stores columns made in memory as a table `name`, replacing one of that name. */
  put(name: string, columns: readonly PutColumn[], call: Call): Promise<void>;
  /** Writes a result to a file, or keeps it in the engine as a view or table. Returns rows written (0 for views). */
  write(query: Query, sink: Sink, call: Call): Promise<{ readonly rows: number }>;
  /**
   * Copies a table that was written as a `database` into the engine as the table `into`: `k` the place of each row, then
   * the named columns as `c0` …
   */
  load(path: string, table: string, columns: readonly string[], into: string, call: Call): Promise<void>;
  /** Columns and types of a result, without running it. */
  describe(query: Query, call: Call): Promise<readonly { readonly name: string; readonly type: TypeName }[]>;
  /**
   * Removes a view or table made by {@link put} or {@link write}; absent names are fine. It is done where the call was
   * stopped, too: it clears up behind what was stopped, and must not fail what is done.
   */
  drop(name: string, call: Call): Promise<void>;
  /** Stops the queries of a run. */
  cancel(runId: string): Promise<void>;
  close(): Promise<void>;
}

/** What every engine call is handed. A `Run` satisfies it. */
export interface Call {
  readonly id: string;
  readonly signal: AbortSignal;
  /** Milliseconds after which the call fails with the fault `timeout`; none where absent. */
  readonly timeoutMs?: number;
}

/** SQL text with named holes `$name`; values are bound, never spliced. */
export interface Query {
  readonly sql: string;
  readonly params?: Readonly<Record<string, Scalar>>;
}
export type Scalar = null | boolean | number | bigint | string;
/** A value of a result row: 64-bit integers are bigint, decimals and dates text, NaN and infinities numbers. */
export type Value = Scalar | readonly Value[];

/** Where engines differ in words; everything else of the SQL is common to both. Its functions may be taken out alone. */
export interface Dialect {
  readonly name: 'duckdb' | 'clickhouse';
  /** A quoted identifier. */
  readonly id: (name: string) => string;
  /** A quoted string literal, for the few places where binding is not possible. */
  readonly text: (value: string) => string;
  /** Uniform DOUBLE in [0, 1) from a seed path and an integer or string key expression; equal in all engines. */
  readonly uniform: (seed: string, key: string) => string;
  /** UBIGINT hash of a row of expressions, nulls included; for prefilters only, collisions are verified. */
  readonly rowHash: (expressions: readonly string[]) => string;
  /** Seconds since 1970 as DOUBLE of a DATE, TIMESTAMP or numeric expression of the given type. */
  readonly epoch: (expression: string, type: TypeName) => string;
  /** Whether a DATE, TIMESTAMP or numeric expression is at or after a moment in seconds since 1970; null for null. */
  readonly since: (expression: string, type: TypeName, seconds: number) => string;
  /** The text of an expression of the given type, the same in all engines. */
  readonly asText: (expression: string, type: TypeName) => string;
  /** True where a text expression holds a match of an RE2 pattern; null for null. */
  readonly matches: (expression: string, pattern: string) => string;
  /** The first match of an RE2 pattern without groups in a text expression; empty where there is none. */
  readonly extract: (expression: string, pattern: string) => string;
  /** A text expression with every match of an RE2 pattern replaced by a plain text. */
  readonly replace: (expression: string, pattern: string, by: string) => string;
  /** Whether the digits of a text of at most 19 of them pass Luhn's check (ISO/IEC 7812-1). */
  readonly luhn: (digits: string) => string;
  /** A JSON object as text, from names and VARCHAR or number expressions. */
  readonly json: (fields: Readonly<Record<string, string>>) => string;
  /** HMAC-SHA256 of a text expression under the key of this process, 32 hex digits; null for null, an error without a key. */
  readonly keyedHash: (expression: string) => string;
  /** Exact quantile with linear interpolation (type 7) as an aggregate. */
  readonly quantile: (expression: string, q: number) => string;
  /**
   * An aggregate that counts a DOUBLE expression by the bins between ascending, finite `edges`: a list, counted from 1, of
   * one more counts than edges; an edge belongs to the bin below it. Nulls are not counted; null where all are.
   */
  readonly histogram: (expression: string, edges: readonly number[]) => string;
}

export type Format = 'csv' | 'tsv' | 'jsonl' | 'parquet' | 'arrow';

/** Files to open, in key order. */
export interface Source {
  /** Absolute paths; the position is the file ordinal of the row key. */
  readonly files: readonly string[];
  readonly format: Format;
  /** `utf-8` where absent; other encodings are read only when named. */
  readonly encoding?: string;
  /** False where the first line of a CSV or TSV is data; columns are then named `column0` … Default: detected. */
  readonly header?: boolean;
  /**
   * Values of `key=value` folders, one record a file, as extra columns (dates, whole numbers or
   * text); absent where there are none.
   */
  readonly partitions?: readonly Readonly<Record<string, string>>[];
  /** Folder for converted copies, keyed by content. */
  readonly cache: string;
}

/** A table of a server. */
export interface TableName {
  readonly database: string;
  readonly table: string;
}

/** A table of a server to open. */
export interface TableSource extends TableName {
  /** Columns that identify a row: a table has no order of its own. */
  readonly key: readonly string[];
  /**
   * True where a table is to be written from it: then every value comes as it is, minus zero included, a column whose
   * type has no twin here is carried under the name of that type, and the key must tell every row from the others.
   */
  readonly exact?: true;
}

/** Tables of a server that outlive the session. */
export interface Tables {
  /** Those of some tables that are there. */
  present(tables: readonly TableName[], call: Call): Promise<readonly TableName[]>;
  /**
   * Makes a table, in which there is nothing yet, and fills it with a result by one statement on the server. Returns the
   * rows that it then holds. It is there, empty or in part, where that fails.
   */
  make(table: TableName, form: TableForm, query: Query, call: Call): Promise<{ readonly rows: number }>;
  /** Gives a table another name, which nobody has. */
  rename(from: TableName, to: TableName, call: Call): Promise<void>;
  /** Removes tables; absent ones are fine. It is done where the call was stopped, too. */
  drop(tables: readonly TableName[], call: Call): Promise<void>;
}

/** What a table is made as. */
export interface TableForm {
  /** The table whose columns are named by `like`. */
  readonly source: TableName;
  /** In the order of the result. */
  readonly columns: readonly TableColumn[];
  /** Names of columns by which its rows lie. */
  readonly order: readonly string[];
}

/** A column of a table to make: of the type of a column of the source, or of a type of its own, which may be null. */
export type TableColumn = { readonly name: string } & ({ readonly like: string } | { readonly type: TypeName });

export interface Attached {
  readonly relation: Relation;
  /** Malformed lines that were set aside, with where they are kept; null where there were none. */
  readonly rejects: {
    readonly rows: number;
    readonly path: string;
    /** Set aside in each file, in the order of the source. */
    readonly byFile?: readonly number[];
  } | null;
  /** True where row keys are numbers given here, because the key of a table is no whole number. */
  readonly numbered?: true;
  /** Whether a table still holds what it held when it was opened; absent where it is read from a copy. */
  readonly unchanged?: (call: Call) => Promise<boolean>;
}

/** A batch of a result; all columns have `rows` values. */
export interface Batch {
  readonly rows: number;
  readonly columns: readonly Vector[];
}

/** Values of one column. Where `valid` is present, 0 marks a null and the value there is meaningless. */
export interface Vector {
  readonly name: string;
  readonly type: TypeName;
  readonly values: VectorValues;
  readonly valid: Uint8Array | null;
}
/**
 * BOOLEAN -> Uint8Array; integers up to 32 bits -> Int32Array (UINTEGER -> Float64Array); BIGINT, UBIGINT,
 * TIMESTAMP, TIMESTAMPTZ (microseconds) -> BigInt64Array; DATE (days) -> Int32Array; FLOAT, DOUBLE, DECIMAL ->
 * Float64Array; all else as text.
 */
export type VectorValues = Uint8Array | Int32Array | BigInt64Array | Float64Array | readonly (string | null)[];

/** A column to store; `type` decides how the values are read. */
export interface PutColumn {
  readonly name: string;
  readonly type: TypeName;
  readonly values: VectorValues;
  readonly valid?: Uint8Array | null;
}

/** How the pages of a Parquet file are compressed. */
export type ParquetCompression = 'uncompressed' | 'snappy' | 'gzip' | 'brotli' | 'lz4' | 'lz4_raw' | 'zstd';

export type Sink =
  /** zstd unless told otherwise, version 2, no dictionaries and no bloom filters, so that every bit of a float comes back. */
  | { readonly kind: 'parquet'; readonly path: string; readonly compression?: ParquetCompression }
  | { readonly kind: 'csv'; readonly path: string }
  | { readonly kind: 'jsonl'; readonly path: string }
  /** A table of a new database file of the engine. */
  | { readonly kind: 'database'; readonly path: string; readonly table: string }
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'view'; readonly name: string };
