import type { Readable } from 'node:stream';
import type { DataType, RecordBatch, Vector as ArrowVector } from 'apache-arrow';
import type { Batch, Value, Vector } from '../../../core/engine.js';
import type { TypeName } from '../../../core/plan.js';
import { RecordBatchReader, Type } from 'apache-arrow';
import { arrowColumn, arrowTypeName } from '../arrow/arrow-column.js';

/**
 * A result as it comes, in Arrow's stream format. Arrow's reader takes a stream that breaks off for one that ends, so
 * whether it came whole is seen to here.
 *
 * @throws what the stream broke with.
 */
export async function* recordBatches(stream: Readable): AsyncGenerator<RecordBatch> {
  const broken: unknown[] = [];
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) yield chunk as Uint8Array;
    } catch (thrown) {
      broken.push(thrown);
    }
  }
  try {
    const reader = await RecordBatchReader.from(bytes());
    await reader.open();
    for await (const batch of reader) if (batch.numRows > 0) yield batch;
  } catch (thrown) {
    // What Arrow makes of half a stream explains nothing.
    throw broken[0] ?? thrown;
  }
  if (broken.length > 0) throw broken[0];
}

/** A batch as typed arrays. */
export function readBatch(batch: RecordBatch): Batch {
  const columns = batch.schema.fields.map(({ name, type }, i): Vector => {
    const own = typeNameOf(type);
    const { values, valid = null } = arrowColumn(name, own, batch.getChildAt(i)!);
    if (own.startsWith('DECIMAL'))
      return { name, type: own, values: Float64Array.from(values as (string | null)[], Number), valid };
    if (own.endsWith('[]')) return { name, type: own, values: listTexts(batch.getChildAt(i)!), valid };
    return { name, type: own, values, valid };
  });
  return { rows: batch.numRows, columns };
}

/** Rows of a batch as objects; 64-bit integers are bigint, decimals, dates and the like are text. */
export function readRows(batch: RecordBatch): Record<string, Value>[] {
  const rows: Record<string, Value>[] = Array.from({ length: batch.numRows }, () => ({}));
  for (const [i, { name, type }] of batch.schema.fields.entries()) {
    const read = readerOf(type, batch.getChildAt(i)!, name);
    for (const [r, row] of rows.entries()) row[name] = read(r);
  }
  return rows;
}

function readerOf(type: DataType, vector: ArrowVector, name: string): (row: number) => Value {
  const own = typeNameOf(type);
  if (own.endsWith('[]')) return (row) => listAt(vector, row);
  const { values, valid } = arrowColumn(name, own, vector);
  const isNull = (row: number): boolean => valid?.[row] === 0;
  const form = formOf(own);
  return (row) => {
    const value = isNull(row) ? null : (values[row] ?? null);
    return value === null ? null : form(value);
  };
}

function formOf(type: TypeName): (value: number | bigint | string) => Value {
  if (type === 'BOOLEAN') return (value) => value !== 0;
  if (type === 'UBIGINT') return (value) => BigInt.asUintN(64, value as bigint);
  if (type === 'DATE') return (value) => new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
  if (type === 'TIMESTAMP') return (value) => momentText(value as bigint);
  return (value) => value;
}

/** `2001-02-03 04:05:06.5` of microseconds since 1970, without zeros at the end of the fraction. */
function momentText(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = Number((micros - fraction) / 1_000_000n);
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return fraction === 0n ? whole : `${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}

function listAt(vector: ArrowVector, row: number): readonly Value[] | null {
  const list = vector.get(row) as ArrowVector | null;
  if (list === null) return null;
  const read = readerOf(list.type as DataType, list, 'item');
  return Array.from({ length: list.length }, (_, i) => read(i));
}

function listTexts(vector: ArrowVector): (string | null)[] {
  return Array.from({ length: vector.length }, (_, i) => {
    const list = listAt(vector, i);
    return list === null ? null : `[${list.map((v) => (v === null ? 'NULL' : String(v))).join(', ')}]`;
  });
}

/** Every moment is in UTC here, so it is a TIMESTAMP; whole numbers of 128 bits come as text. */
function typeNameOf(type: DataType): TypeName {
  if (type.typeId === Type.List) return `${typeNameOf((type.children[0] as { type: DataType }).type)}[]`;
  return type.typeId === Type.Timestamp ? 'TIMESTAMP' : arrowTypeName(type);
}
