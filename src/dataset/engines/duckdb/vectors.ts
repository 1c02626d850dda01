import type { DuckDBDataChunk, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import type { Batch, Vector, VectorValues } from '../../../core/engine.js';
import { DuckDBTypeId } from '@duckdb/node-api';
import { inside } from './inside.js';
import { readTexts } from './texts.js';
import { typeName } from './type-name.js';

/** One chunk of a result as typed arrays. */
export function readChunk(chunk: DuckDBDataChunk, names: readonly string[], types: readonly DuckDBType[]): Batch {
  const rows = chunk.rowCount;
  return {
    rows,
    columns: names.map((name, i) => readVector(chunk.getColumnVector(i), name, types[i]!, rows)),
  };
}

function readVector(vector: DuckDBVector, name: string, type: DuckDBType, rows: number): Vector {
  const valid = readValidity(inside(vector).validity.data, rows);
  return { name, type: typeName(type), values: readValues(vector, type, rows), valid };
}

/** One byte a row, 0 for null; null where no row is null. */
function readValidity(words: BigUint64Array | null, rows: number): Uint8Array | null {
  if (words === null) return null;
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  const valid = new Uint8Array(rows);
  let nulls = 0;
  for (let i = 0; i < rows; i++) {
    const bit = (bytes[i >> 3]! >> (i & 7)) & 1;
    valid[i] = bit;
    nulls += 1 - bit;
  }
  return nulls === 0 ? null : valid;
}

function readValues(vector: DuckDBVector, type: DuckDBType, rows: number): VectorValues {
  const { items, dataView } = inside(vector);
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return new Uint8Array(dataView.buffer, dataView.byteOffset, rows).slice();
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.DATE:
      return Int32Array.from(items as Int32Array);
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.FLOAT:
      return Float64Array.from(items as Float32Array);
    case DuckDBTypeId.DOUBLE:
      return (items as Float64Array).slice();
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (items as BigInt64Array).slice();
    case DuckDBTypeId.UBIGINT: {
      // The same 64 bits; BigInt.asUintN gives the value back.
      const { buffer } = (items as BigUint64Array).slice();
      return new BigInt64Array(buffer);
    }
    case DuckDBTypeId.DECIMAL:
      return readDecimals(vector, rows);
    default:
      return readTexts(vector, type, rows);
  }
}

function readDecimals(vector: DuckDBVector, rows: number): Float64Array {
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = vector.getItem(i);
    // The text is the exact value, so the double next to it is found by the ordinary parser.
    if (value !== null) out[i] = Number(String(value));
  }
  return out;
}
