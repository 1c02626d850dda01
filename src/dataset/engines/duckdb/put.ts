import type { DuckDBConnection, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import type { PutColumn } from '../../../core/engine.js';
import type { Guard } from './guard.js';
import { AssayError } from '../../../core/errors.js';
import * as duckdb from '@duckdb/node-api';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';
import { dropEntry } from './entries.js';
import { inside } from './inside.js';
import { typeName } from './type-name.js';

/** Rows of a DuckDB chunk. */
const chunkRows = 2048;
/** Chunks between two looks at the abort signal. */
const breath = 64;

/** Types whose vectors take a typed array as it is. All others are stored as DOUBLE or VARCHAR and cast. */
const direct: Readonly<Record<string, DuckDBType>> = {
  BOOLEAN: duckdb.BOOLEAN,
  TINYINT: duckdb.TINYINT,
  SMALLINT: duckdb.SMALLINT,
  INTEGER: duckdb.INTEGER,
  BIGINT: duckdb.BIGINT,
  UTINYINT: duckdb.UTINYINT,
  USMALLINT: duckdb.USMALLINT,
  UINTEGER: duckdb.UINTEGER,
  UBIGINT: duckdb.UBIGINT,
  FLOAT: duckdb.FLOAT,
  DOUBLE: duckdb.DOUBLE,
  DATE: duckdb.DATE,
  TIMESTAMP: duckdb.TIMESTAMP,
  TIMESTAMPTZ: duckdb.TIMESTAMPTZ,
  TIMESTAMP_NS: duckdb.TIMESTAMP_NS,
  VARCHAR: duckdb.VARCHAR,
};

/** Stores columns as the table `name`: filled beside and put in its place at the end. */
export async function putTable(
  connection: DuckDBConnection,
  guard: Guard,
  name: string,
  columns: readonly PutColumn[],
  stage: string,
): Promise<void> {
  const { id } = duckDbDialect;
  const stored = columns.map(storedType);
  const run = (sql: string): Promise<unknown> => guard.step(() => connection.run(sql));
  await run(
    `CREATE TABLE ${id(stage)} (${columns.map((c, i) => `${id(c.name)} ${stored[i]!.toString()}`).join(', ')})`,
  );
  try {
    await fill(connection, guard, stage, columns, stored);
    await dropEntry(connection, guard, name);
    if (columns.every((c, i) => c.type === typeName(stored[i]!))) {
      await run(`ALTER TABLE ${id(stage)} RENAME TO ${id(name)}`);
    } else {
      const casts = columns.map((c) => `CAST(${id(c.name)} AS ${c.type}) AS ${id(c.name)}`);
      await run(`CREATE TABLE ${id(name)} AS SELECT ${casts.join(', ')} FROM ${id(stage)}`);
    }
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${id(stage)}`);
  }
}

function storedType({ type, values, name }: PutColumn): DuckDBType {
  const plain = direct[type];
  if (Array.isArray(values)) return duckdb.VARCHAR;
  if (plain !== undefined && plain !== duckdb.VARCHAR) return plain;
  if (values instanceof Float64Array) return duckdb.DOUBLE;
  throw new AssayError('internal', { message: `column ${name}: ${values.constructor.name} cannot hold ${type}` });
}

async function fill(
  connection: DuckDBConnection,
  guard: Guard,
  table: string,
  columns: readonly PutColumn[],
  types: readonly DuckDBType[],
): Promise<void> {
  const rows = columns[0]?.values.length ?? 0;
  const ragged = columns.find((c) => c.values.length !== rows);
  if (ragged !== undefined) throw new AssayError('internal', { message: `column ${ragged.name}: not ${rows} values` });
  const appender = await guard.step(() => connection.createAppender(table));
  try {
    const chunk = duckdb.DuckDBDataChunk.create(types);
    for (let from = 0, n = 0; from < rows; from += chunkRows, n++) {
      if (n % breath === breath - 1) await new Promise((resolve) => setImmediate(resolve));
      guard.check();
      const to = Math.min(from + chunkRows, rows);
      chunk.reset();
      chunk.rowCount = to - from;
      for (const [i, column] of columns.entries()) fillVector(chunk.getColumnVector(i), column, from, to);
      await guard.step(async () => appender.appendDataChunk(chunk));
    }
  } finally {
    appender.closeSync();
  }
}

function fillVector(vector: DuckDBVector, { values, valid = null, type }: PutColumn, from: number, to: number): void {
  // The concrete vectors have setItem and flush; their common type leaves them out for some kinds, hence the cast.
  const target = vector as DuckDBVector & { setItem(i: number, value: unknown): void; flush(): void };
  if (Array.isArray(values)) {
    for (let i = from; i < to; i++) target.setItem(i - from, valid !== null && valid[i] === 0 ? null : values[i]);
  } else {
    copyItems(vector, values as Exclude<PutColumn['values'], readonly unknown[]>, type, from, to);
    if (valid !== null) writeValidity(vector, valid, from, to);
  }
  target.flush();
}

function copyItems(
  vector: DuckDBVector,
  values: Uint8Array | Int32Array | BigInt64Array | Float64Array,
  type: string,
  from: number,
  to: number,
): void {
  const { items, dataView } = inside(vector);
  const part = values.subarray(from, to);
  if (type === 'BOOLEAN') {
    new Uint8Array(dataView.buffer, dataView.byteOffset, to - from).set(
      (part as Uint8Array).map((v) => (v === 0 ? 0 : 1)),
    );
  } else if (part instanceof BigInt64Array) {
    (items as BigInt64Array).set(part);
  } else {
    (items as Float64Array).set(part);
  }
}

/** One bit a row; a chunk that was reset starts with all rows valid. */
function writeValidity(vector: DuckDBVector, valid: Uint8Array, from: number, to: number): void {
  const words = new BigUint64Array(Math.ceil((to - from) / 64)).fill(0xffffffffffffffffn);
  const bytes = new Uint8Array(words.buffer);
  for (let i = from; i < to; i++) {
    const at = i - from;
    if (valid[i] === 0) bytes[at >> 3]! &= ~(1 << (at & 7));
  }
  inside(vector).validity.data = words;
}
