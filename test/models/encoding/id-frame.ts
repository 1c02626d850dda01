import type { Frame, FrameColumn } from '../../../src/models/frame/frame.js';
import { createRandom } from '../../../src/core/random.js';
import { missingBin, noCode } from '../../../src/models/frame/frame.js';
import { findTwins } from '../../../src/models/frame/twins.js';

/** Levels of the id column; more than bins. */
export const idLevels = 300;

/**
 * A frame of one numeric column, one column of few levels and one id column whose levels have effects; every tenth row
 * is for scoring, and 1 in 20 of those has an id that was never trained on.
 */
export function idFrame(rows: number, seed = 1): Frame {
  const random = createRandom(seed);
  const bins = new Uint8Array(new SharedArrayBuffer(rows * 8));
  const of = new Int32Array(new SharedArrayBuffer(rows * 4));
  const label = new Uint8Array(new SharedArrayBuffer(rows));
  const part = Uint8Array.from({ length: rows }, (_, row) => (row % 10 === 9 ? 2 : row % 10 === 8 ? 1 : 0));
  for (let row = 0; row < rows; row++) {
    const unseen = part[row] === 2 && random.fork('unseen').at(row) < 0.05;
    const id = unseen ? noCode : Math.floor(idLevels * random.fork('id').at(row));
    bins[row * 8] = Math.floor(200 * random.fork('number').at(row));
    bins[row * 8 + 1] = Math.floor(4 * random.fork('few').at(row));
    // Ranks alone say nothing of the effects: neighbours share bins.
    bins[row * 8 + 2] = id === noCode ? missingBin : id >> 3;
    of[row] = id;
    const effect = id === noCode ? 0 : 3 * (random.fork('effect').at(id) - 0.5);
    label[row] = random.fork('label').at(row) < 1 / (1 + Math.exp(1.5 - effect)) ? 1 : 0;
  }
  const frame: Frame = {
    rows,
    stride: 8,
    bins,
    columns: [column(0, 'numeric', 200), column(1, 'categorical', 4), column(2, 'categorical', 38)],
    label,
    weight: null,
    keys: BigInt64Array.from({ length: rows }, (_, row) => BigInt(row)),
    part,
    unit: Int32Array.from({ length: rows }, (_, row) => row),
    units: rows,
    time: null,
    codes: new Map([[2, { of, levels: idLevels }]]),
    twins: null,
  };
  return { ...frame, twins: findTwins(frame) };
}

function column(c: number, kind: 'numeric' | 'categorical', binCount: number): FrameColumn {
  const feature = { column: { id: `c${c}`, name: `x${c}`, type: 'VARCHAR' }, kind } as const;
  return { feature, binCount, binning: { kind: 'numeric', edges: new Float64Array(0) } };
}
