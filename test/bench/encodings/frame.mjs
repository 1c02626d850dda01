// Frames with categorical columns, as the product reads them, from arrays.
import { levelBinning, needCodes } from '../../../dist/src/models/frame/level-bins.js';
import { numericBin, numericEdges } from '../../../dist/src/models/frame/numeric-edges.js';
import { findTwins } from '../../../dist/src/models/frame/twins.js';

const shared = (type, length) => new type(new SharedArrayBuffer(type.BYTES_PER_ELEMENT * length));

/**
 * `columns` are functions of the row, `{ categorical, of }`; NaN is missing. Rows 0 .. train-1 are trained on, the rest
 * are scored.
 */
export function frameOf({ rows, train, columns, label }) {
  const stride = Math.ceil(columns.length / 8) * 8;
  const frame = {
    rows,
    stride,
    bins: shared(Uint8Array, rows * stride),
    columns: [],
    label: shared(Uint8Array, rows),
    weight: null,
    keys: BigInt64Array.from({ length: rows }, (_, row) => BigInt(row)),
    part: Uint8Array.from({ length: rows }, (_, row) => (row < train ? 0 : 2)),
    unit: null,
    units: rows,
    time: null,
    codes: new Map(),
    twins: null,
  };
  frame.label.set(label);
  columns.forEach((column, c) => (column.categorical ? levels : numbers)(frame, column, c, train));
  return { ...frame, twins: findTwins(frame) };
}

function numbers(frame, { of }, c, train) {
  const sample = Float64Array.from({ length: train }, (_, row) => of(row)).filter((v) => !Number.isNaN(v));
  const edges = numericEdges(sample);
  frame.columns.push({ feature: { kind: 'numeric' }, binCount: edges.length + 1, binning: { kind: 'numeric', edges } });
  for (let row = 0; row < frame.rows; row++) {
    const v = of(row);
    frame.bins[row * frame.stride + c] = Number.isNaN(v) ? 255 : numericBin(edges, v);
  }
}

function levels(frame, { of }, c, train) {
  const counts = new Map();
  for (let row = 0; row < train; row++) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  const order = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([level, n]) => ({ level, rows: n }));
  const binning = levelBinning(order);
  const codes = needCodes(order.length) ? shared(Int32Array, frame.rows) : null;
  if (codes !== null) frame.codes.set(c, { of: codes, levels: order.length });
  frame.columns.push({ feature: { kind: 'categorical' }, binCount: Math.max(...binning.bins) + 1, binning });
  for (let row = 0; row < frame.rows; row++) {
    const code = binning.codes.get(of(row)) ?? -1;
    frame.bins[row * frame.stride + c] = code < 0 ? 255 : binning.bins[code];
    if (codes !== null) codes[row] = code;
  }
}
