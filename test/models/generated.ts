import type { Frame, FrameColumn, Overlay } from '../../src/models/frame/frame.js';
import { missingBin } from '../../src/models/frame/frame.js';
import { asIs } from '../../src/models/frame/overlay.js';
import { createRandom } from '../../src/core/random.js';

/** A binned frame with a known logit: the first three columns matter, the third through an interaction. */
export interface Generated {
  readonly frame: Frame;
  readonly base: Overlay;
  /** Frame rows that are not trained on. */
  readonly test: Int32Array;
  readonly logit: Float64Array;
}

export interface Shape {
  readonly train: number;
  readonly test: number;
  readonly columns: number;
  readonly bins?: number;
  readonly intercept?: number;
  readonly missing?: number;
  readonly weights?: boolean;
}

export function generate(shape: Shape, seed: number): Generated {
  const { train, test, columns, bins: binCount = 50, intercept = -1, missing = 0.1 } = shape;
  const rows = train + test;
  const random = createRandom(seed);
  const stride = Math.ceil(columns / 8) * 8;
  const bins = new Uint8Array(new SharedArrayBuffer(rows * stride));
  const logit = new Float64Array(rows).fill(intercept);
  const label = new Uint8Array(new SharedArrayBuffer(rows));
  for (let c = 0; c < columns; c++) {
    const draw = random.fork(`column-${c}`);
    for (let row = 0; row < rows; row++) {
      const u = draw.at(row);
      const gone = draw.fork('missing').at(row) < missing;
      bins[row * stride + c] = gone ? missingBin : Math.floor(u * binCount);
      const centred = gone ? 0.4 : 2 * u - 1;
      if (c < 2) logit[row]! += (c + 1) * centred;
      if (c === 2) logit[row]! += bins[row * stride]! < binCount / 2 ? centred : -centred;
    }
  }
  const coin = random.fork('label');
  for (let row = 0; row < rows; row++) label[row] = coin.at(row) < 1 / (1 + Math.exp(-logit[row]!)) ? 1 : 0;
  const column = (c: number): FrameColumn => ({
    feature: { column: { id: `c${c}`, name: `x${c}`, type: 'DOUBLE' }, kind: 'numeric' },
    binCount,
    binning: { kind: 'numeric', edges: new Float64Array(binCount - 1) },
  });
  const frame: Frame = {
    rows,
    stride,
    bins,
    columns: Array.from({ length: columns }, (_, c) => column(c)),
    label,
    weight: shape.weights === true ? Float32Array.from({ length: rows }, (_, i) => 0.5 + (i % 4)) : null,
    keys: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
    part: Uint8Array.from({ length: rows }, (_, i) => (i < train ? (i % 10 === 0 ? 1 : 0) : 2)),
    unit: Int32Array.from({ length: rows }, (_, i) => i),
    units: rows,
    time: null,
    codes: new Map(),
    twins: null,
  };
  return { frame, base: asIs(frame), test: Int32Array.from({ length: test }, (_, i) => train + i), logit };
}
