import type { Attached, Call, TableSource } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import type { Server } from './server.js';
import { createHash } from 'node:crypto';
import { AssayError } from '../../../core/errors.js';
import { nearest } from '../../../core/nearest.js';
import { typeNameOf } from '../../sql/clickhouse/type-names.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';
import { oneRow } from './count.js';
import { replaceEntry } from './entries.js';
import { readRows, recordBatches } from './results.js';

const { id: quoted, rowHash } = clickHouseDialect;

/** Rows of one source: a row key is the number of the row below this. */
const mostRows = 2 ** 40;

interface Field {
  readonly column: Column;
  /** Type as the server writes it. */
  readonly theirs: string;
}

/**
 * Opens a table as a view. A table has no order, so a row is known by its key: one whole number from 0 to 2^40 - 1 is
 * the row key as it is, and the table is read where it lies; any other key is numbered in its own order, in a copy.
 */
export async function attachTable(server: Server, name: string, source: TableSource, call: Call): Promise<Attached> {
  const table = `${source.database}.${source.table}`;
  const from = `${quoted(source.database)}.${quoted(source.table)}`;
  const fields = await fieldsOf(server, from, call).catch((error: unknown) => {
    const isMissing = error instanceof AssayError && (error.args as { kind?: string }).kind === 'not-found';
    throw isMissing ? new AssayError('table-unsuitable', { table, reason: 'the server has no such table' }) : error;
  });
  const key = source.key.map((wanted) => keyField(table, fields, wanted));
  if (key.length === 0)
    throw new AssayError('table-unsuitable', {
      table,
      reason:
        'a table has no order of its own, so its rows need a name. Give the columns that identify a row with --key',
    });
  const values = fields.map(({ column, theirs }) => `${valueOf(quoted(column.name), theirs)} AS ${column.id}`);
  const number = await wholeKey(server, from, key, call);
  if (number === null) {
    const order = key.map(({ column }) => quoted(column.name)).join(', ');
    const copy = `SELECT row_number() OVER (ORDER BY ${order}) - 1 AS k, ${values.join(', ')} FROM ${from}`;
    await replaceEntry(server, name, copy, call);
  } else {
    const view = `SELECT CAST(${number} AS BIGINT) AS k, ${values.join(', ')} FROM ${from}`;
    await server.tell({ sql: `CREATE VIEW ${quoted(name)} AS ${view}` }, call);
  }
  const columns = fields.map((field) => field.column);
  const ids = ['k', ...columns.map((c) => c.id)];
  // Order does not matter, so the sum of the hashes of the rows stands for what they hold.
  const seen = await oneRow(
    server,
    `SELECT count(*) AS n, CAST(bit_xor(${rowHash(ids)}) AS VARCHAR) AS h FROM ${quoted(name)}`,
    call,
  );
  const rows = Number(seen['n']);
  if (rows === 0) throw new AssayError('table-unsuitable', { table, reason: 'it holds no rows' });
  const described = JSON.stringify([columns.map((c) => [c.name, c.type]), rows, seen['h']]);
  const hash = createHash('sha256').update(described).digest('hex');
  return { relation: { name, columns, rows, split: false, hash }, rejects: null };
}

async function fieldsOf(server: Server, from: string, call: Call): Promise<readonly Field[]> {
  const fields: Field[] = [];
  for await (const batch of recordBatches(await server.ask({ sql: `DESCRIBE TABLE ${from}` }, 'ArrowStream', call))) {
    for (const row of readRows(batch)) {
      const theirs = String(row['type']);
      fields.push({ theirs, column: { id: `c${fields.length}`, name: String(row['name']), type: readAs(theirs) } });
    }
  }
  return fields;
}

/** Lists, maps, tuples and JSON are read as text. */
function readAs(theirs: string): string {
  const type = typeNameOf(theirs);
  return type.endsWith('[]') ? 'VARCHAR' : type;
}

function keyField(table: string, fields: readonly Field[], wanted: string): Field {
  const field = fields.find(({ column }) => column.name === wanted);
  if (field !== undefined) return field;
  const columns = fields.map(({ column }) => column.name);
  throw new AssayError('column-unknown', {
    column: wanted,
    role: `key of ${table}`,
    suggestion: nearest(wanted, columns),
    columns,
  });
}

/** A value as the type that the detectors know it by. Minus zero is zero: here the two would be different values. */
function valueOf(value: string, theirs: string): string {
  const type = /^(?:LowCardinality\()?(?:Nullable\()?([A-Za-z0-9]+)/.exec(theirs)![1]!;
  if (type.startsWith('Float')) return `${value} + CAST(0 AS ${type === 'Float32' ? 'FLOAT' : 'DOUBLE'})`;
  if (type === 'Date') return `CAST(${value} AS DATE)`;
  if (type.startsWith('DateTime')) return `CAST(toTimeZone(${value}, 'UTC') AS TIMESTAMP)`;
  if (/^(Array|Map|Tuple|JSON|Variant|Dynamic|Nested)$/.test(type)) return `toJSONString(${value})`;
  if (theirs === 'String' || theirs === 'Nullable(String)' || typeNameOf(theirs) !== 'VARCHAR') return value;
  return `CAST(toString(${value}) AS VARCHAR)`;
}

/** The name of a key that is one whole number within the range of row keys; null for any other key. */
async function wholeKey(server: Server, from: string, key: readonly Field[], call: Call): Promise<string | null> {
  const [{ column }] = key as [Field, ...Field[]];
  if (key.length > 1 || !/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(column.type)) return null;
  const name = quoted(column.name);
  const range = await oneRow(
    server,
    `SELECT min(${name}) AS low, max(${name}) AS high, count(*) - count(${name}) AS nulls FROM ${from}`,
    call,
  );
  const [low, high] = [Number(range['low']), Number(range['high'])];
  const fits = low >= 0 && high < mostRows;
  return fits && Number(range['nulls']) === 0 ? name : null;
}
