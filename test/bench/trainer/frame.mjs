import { numericBin, numericEdges } from '../../../dist/src/models/frame/numeric-edges.js';

const shared = (type, length) => new type(new SharedArrayBuffer(type.BYTES_PER_ELEMENT * length));

/** A binned frame of the first `rows` rows of a set: the first `test` are scored, the rest are trained on. */
export function frameOf({ columns, values, label }, test, rows) {
  const stride = Math.ceil(columns / 8) * 8;
  const bins = shared(Uint8Array, rows * stride);
  const meta = [];
  for (let c = 0; c < columns; c++) {
    const sample = new Float64Array(rows - test);
    let n = 0;
    for (let row = test; row < rows; row++) {
      const v = values[row * columns + c];
      if (!Number.isNaN(v)) sample[n++] = v;
    }
    const edges = numericEdges(sample.subarray(0, n));
    meta.push({ binCount: edges.length + 1, binning: { kind: 'numeric', edges }, feature: { kind: 'numeric' } });
    for (let row = 0; row < rows; row++) {
      const v = values[row * columns + c];
      bins[row * stride + c] = Number.isNaN(v) ? 255 : numericBin(edges, v);
    }
  }
  const labels = shared(Uint8Array, rows);
  labels.set(label.subarray(0, rows));
  const keys = shared(BigInt64Array, rows);
  for (let row = 0; row < rows; row++) keys[row] = BigInt(row);
  const part = Uint8Array.from({ length: rows }, (_, row) => (row < test ? 2 : 0));
  const none = { weight: null, unit: null, time: null, codes: new Map(), twins: null };
  return { rows, stride, bins, columns: meta, label: labels, keys, part, units: rows, ...none };
}
