import type { DuckDBType, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import { DuckDBTypeId } from '@duckdb/node-api';
import { inside } from './inside.js';

/** Bytes of a string slot in a DuckDB vector: length, then either the bytes or a prefix and a pointer. */
const slot = 16;
const inlineBytes = 12;

/** Values of a column as text; null where null. */
export function readTexts(vector: DuckDBVector, type: DuckDBType, rows: number): (string | null)[] {
  if (type.typeId === DuckDBTypeId.VARCHAR) return readStrings(vector, rows);
  return Array.from({ length: rows }, (_, i) => textOf(vector.getItem(i)));
}

/** Text of a value that has no typed array: the same text that DuckDB's cast to VARCHAR gives. */
export function textOf(value: DuckDBValue): string | null {
  return value === null ? null : String(value);
}

function readStrings(vector: DuckDBVector, rows: number): (string | null)[] {
  const { dataView, validity } = inside(vector);
  const bytes = Buffer.from(dataView.buffer, dataView.byteOffset, dataView.byteLength);
  const valid = validity.data === null ? null : new Uint8Array(validity.data.buffer, validity.data.byteOffset);
  const out: (string | null)[] = Array.from({ length: rows });
  for (let i = 0; i < rows; i++) {
    if (valid !== null && ((valid[i >> 3]! >> (i & 7)) & 1) === 0) {
      out[i] = null;
      continue;
    }
    const at = i * slot;
    const length = dataView.getUint32(at, true);
    if (length <= inlineBytes) out[i] = bytes.toString('utf8', at + 4, at + 4 + length);
    else out[i] = longString(vector, bytes, i);
  }
  return out;
}

/** The library decodes long strings and drops a leading byte order mark, which the slot's prefix still shows. */
function longString(vector: DuckDBVector, bytes: Buffer, i: number): string {
  const marked = bytes[i * slot + 4] === 0xef && bytes[i * slot + 5] === 0xbb && bytes[i * slot + 6] === 0xbf;
  return `${marked ? '\uFEFF' : ''}${String(vector.getItem(i))}`;
}
