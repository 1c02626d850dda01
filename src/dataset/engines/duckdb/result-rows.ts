import type { DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Value } from '../../../core/engine.js';
import { DuckDBArrayValue, DuckDBListValue, DuckDBTypeId } from '@duckdb/node-api';
import { readTexts } from './texts.js';

/** Rows of a chunk as objects; 64-bit integers are bigint, decimals, dates and the like are text. */
export function readRows(
  chunk: DuckDBDataChunk,
  names: readonly string[],
  types: readonly DuckDBType[],
): Record<string, Value>[] {
  const rows: Record<string, Value>[] = Array.from({ length: chunk.rowCount }, () => ({}));
  for (const [i, name] of names.entries()) {
    const vector = chunk.getColumnVector(i);
    const type = types[i]!;
    const texts = type.typeId === DuckDBTypeId.VARCHAR ? readTexts(vector, type, rows.length) : null;
    for (const [r, row] of rows.entries()) row[name] = texts === null ? toValue(vector.getItem(r)) : texts[r]!;
  }
  return rows;
}

function toValue(value: DuckDBValue): Value {
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toValue);
  if (value === null || typeof value !== 'object') return value;
  return String(value);
}
