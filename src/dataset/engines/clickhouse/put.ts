import type { Data } from 'apache-arrow';
import type { Call, PutColumn } from '../../../core/engine.js';
import type { TypeName } from '../../../core/plan.js';
import type { Server } from './server.js';
import { Readable } from 'node:stream';
import {
  Bool,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { AssayError } from '../../../core/errors.js';
import { clickHouseType } from '../../sql/clickhouse/type-names.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';
import { replaceEntry } from './entries.js';

const { id } = clickHouseDialect;

/** Stores columns as the table `name`: sent as Arrow into a table beside, cast, and put in its place at the end. */
export async function putTable(
  server: Server,
  name: string,
  columns: readonly PutColumn[],
  stage: string,
  call: Call,
): Promise<void> {
  const rows = columns[0]?.values.length ?? 0;
  const ragged = columns.find((c) => c.values.length !== rows);
  if (ragged !== undefined) throw new AssayError('internal', { message: `column ${ragged.name}: not ${rows} values` });
  const sent = columns.map((column, i) => ({ column, as: `s${i}`, type: sentType(column) }));
  const fields = sent.map(({ as, type, column }) => `${as} ${hasNulls(column) ? `Nullable(${type})` : type}`);
  await server.tell(
    { sql: `CREATE TABLE ${id(stage)} (${fields.join(', ')}) ENGINE = MergeTree ORDER BY tuple()` },
    call,
  );
  try {
    if (rows > 0) {
      const table = new Table(Object.fromEntries(sent.map(({ as, column }) => [as, makeVector(dataOf(column))])));
      const body = Readable.from([tableToIPC(table, 'stream')], { objectMode: false });
      await server.tell({ sql: `INSERT INTO ${id(stage)} FORMAT ArrowStream` }, call, body);
    }
    const values = sent.map(({ as, column }) => `${castOf(as, column)} AS ${id(column.name)}`);
    await replaceEntry(server, name, `SELECT ${values.join(', ')} FROM ${id(stage)}`, call);
  } finally {
    // Not the caller's call: it is done where that was stopped, too.
    await server.tell(
      { sql: `DROP TABLE IF EXISTS ${id(stage)}` },
      { id: call.id, signal: new AbortController().signal },
    );
  }
}

/** The type in which the values travel. */
function sentType({ values }: PutColumn): string {
  if (values instanceof Uint8Array) return 'Bool';
  if (values instanceof Int32Array) return 'Int32';
  if (values instanceof BigInt64Array) return 'Int64';
  return values instanceof Float64Array ? 'Float64' : 'String';
}

function hasNulls({ values, valid }: PutColumn): boolean {
  if (valid?.includes(0) === true) return true;
  return Array.isArray(values) && values.includes(null);
}

function dataOf(column: PutColumn): Data {
  const { values, valid } = column;
  const length = values.length;
  const nulls = valid === null || valid === undefined ? {} : bitmap(valid);
  if (values instanceof Uint8Array) return makeData({ type: new Bool(), length, data: bits(values), ...nulls });
  if (values instanceof Int32Array) return makeData({ type: new Int32(), length, data: values, ...nulls });
  if (values instanceof BigInt64Array) return makeData({ type: new Int64(), length, data: values, ...nulls });
  if (values instanceof Float64Array) return makeData({ type: new Float64(), length, data: values, ...nulls });
  const shown =
    valid === null || valid === undefined ? values : values.map((text, i) => (valid[i] === 0 ? null : text));
  return vectorFromArray(shown, new Utf8()).data[0]!;
}

function bitmap(valid: Uint8Array): { nullBitmap: Uint8Array; nullCount: number } {
  return { nullBitmap: bits(valid), nullCount: valid.reduce((n, v) => n + (v === 0 ? 1 : 0), 0) };
}

/** One bit a value, the first in the lowest bit of the first byte. */
function bits(values: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) out[i >> 3]! |= 1 << (i & 7);
  return out;
}

/** What was sent, as the type that was asked for. */
function castOf(value: string, column: PutColumn): string {
  const { type } = column;
  const isText = Array.isArray(column.values);
  if (type === plainType(column)) return value;
  if (clickHouseType(type) === null)
    throw new AssayError('engine-failed', { kind: 'data', message: `ClickHouse has no type for ${type}` });
  if (type.startsWith('TIMESTAMP') && !isText) return `fromUnixTimestamp64Micro(${value}, 'UTC')`;
  // By way of the text: a double is cut, not rounded, where it becomes a decimal.
  if (type.startsWith('DECIMAL')) return `CAST(toString(${value}) AS ${type})`;
  // A list cannot be null; an empty one takes its place.
  if (type.endsWith('[]')) return `CAST(coalesce(${value}, '[]') AS ${type})`;
  return `CAST(${value} AS ${type})`;
}

function plainType({ values }: PutColumn): TypeName {
  if (values instanceof Uint8Array) return 'BOOLEAN';
  if (values instanceof Int32Array) return 'INTEGER';
  if (values instanceof BigInt64Array) return 'BIGINT';
  return values instanceof Float64Array ? 'DOUBLE' : 'VARCHAR';
}
