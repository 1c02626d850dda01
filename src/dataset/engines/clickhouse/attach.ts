import type { Attached, Call, TableSource } from '../../../core/engine.js';
import type { Column } from '../../../core/relation.js';
import type { Server } from './server.js';
import { createHash } from 'node:crypto';
import { AssayError } from '../../../core/errors.js';
import { nearest } from '../../../core/nearest.js';
import { printQuery } from '../../sql/table-print.js';
import { typeNameOf } from '../../sql/clickhouse/type-names.js';
import { clickHouseDialect } from '../../sql/dialect-clickhouse.js';
import { oneRow } from './count.js';
import { replaceEntry } from './entries.js';
import { exactType, exactValue } from './exact.js';
import { readRows, recordBatches } from './results.js';

const { id: quoted } = clickHouseDialect;

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
  const exact = source.exact === true;
  const fields = await fieldsOf(server, from, exact, call).catch((error: unknown) => {
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
  if (exact) await proveUnique(server, table, from, key, call);
  const read = exact ? exactValue : valueOf;
  const values = fields.map(({ column, theirs }) => `${read(quoted(column.name), theirs)} AS ${column.id}`);
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
  const ids = columns.map((c) => c.id);
  const print = printQuery(name, ids, clickHouseDialect);
  const seen = await oneRow(server, print.sql, call);
  const rows = Number(seen['n']);
  if (rows === 0) throw new AssayError('table-unsuitable', { table, reason: 'it holds no rows' });
  const described = JSON.stringify([columns.map((c) => [c.name, c.type]), rows, seen['h']]);
  const hash = createHash('sha256').update(described).digest('hex');
  const unchanged = async (again: Call): Promise<boolean> => {
    const now = await oneRow(server, print.sql, again);
    return now['n'] === seen['n'] && now['h'] === seen['h'];
  };
  return {
    relation: { name, columns, rows, split: false, hash },
    rejects: null,
    ...(number === null ? { numbered: true } : { unchanged }),
  };
}

async function fieldsOf(server: Server, from: string, exact: boolean, call: Call): Promise<readonly Field[]> {
  const fields: Field[] = [];
  for await (const batch of recordBatches(await server.ask({ sql: `DESCRIBE TABLE ${from}` }, 'ArrowStream', call))) {
    for (const row of readRows(batch)) {
      const theirs = String(row['type']);
      const type = exact ? exactType(theirs) : readAs(theirs);
      fields.push({ theirs, column: { id: `c${fields.length}`, name: String(row['name']), type } });
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

/** A log that names rows by a key which two of them share would name neither. */
async function proveUnique(
  server: Server,
  table: string,
  from: string,
  key: readonly Field[],
  call: Call,
): Promise<void> {
  const names = key.map(({ column }) => quoted(column.name)).join(', ');
  const found = await oneRow(
    server,
    `SELECT count(*) AS n, coalesce(sum(r), 0) AS r FROM (SELECT count(*) AS r FROM ${from} GROUP BY ${names} HAVING count(*) > 1)`,
    call,
  );
  if (Number(found['n']) === 0) return;
  const columns = key.map(({ column }) => JSON.stringify(column.name)).join(', ');
  const reason = `its key ${columns} does not tell all rows apart: ${Number(found['r'])} rows share ${Number(found['n'])} keys`;
  throw new AssayError('table-unsuitable', { table, reason });
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
