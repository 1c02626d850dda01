import type { PutColumn } from '../core/engine.js';
import type { Arrangement } from './arrange.js';
import type { FeatureColumns } from './features.js';
import { featureNames } from './features.js';

/** 2026-01-05, a Monday, in milliseconds since 1970: day 0 of the log. */
export const dayZero: number = Date.UTC(2026, 0, 5);

/** The columns of the written file: `time`, `click`, then the features. */
export function fileColumns(time: Float64Array, features: FeatureColumns, rows: Arrangement): readonly PutColumn[] {
  const stamp = BigInt64Array.from(rows.origin, (origin) => BigInt(dayZero + time[origin]!) * 1000n);
  return [
    { name: 'time', type: 'TIMESTAMP', values: stamp },
    { name: 'click', type: 'INTEGER', values: Int32Array.from(rows.click) },
    ...featureNames.map((name) => featureColumn(name, features[name], rows.origin)),
  ];
}

function featureColumn(name: string, values: Int32Array | Float64Array, origin: Int32Array): PutColumn {
  return values instanceof Int32Array
    ? { name, type: 'INTEGER', values: origin.map((row) => values[row]!) }
    : { name, type: 'DOUBLE', values: Float64Array.from(origin, (row) => values[row]!) };
}
