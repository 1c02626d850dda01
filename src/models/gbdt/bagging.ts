import type { Overlay } from '../frame/frame.js';
import type { TrainingFrame } from './training-frame.js';
import { createRandom } from '../../core/random.js';

/** The training rows of one model. */
export interface Bag {
  /** Frame row of each training row, copies repeated. */
  readonly rows: Int32Array;
  /** Which of the row's entries in the overlay each training row is, from 0. */
  readonly copies: Int32Array;
  readonly label: Uint8Array;
  /** Null where all are 1. */
  readonly weight: Float64Array | null;
}

/**
 * The overlay's rows that the model of `seed` sees. One mask for all trees, drawn as hash(seed, row key, copy), so
 * that a row that another arm drops or relabels shifts no other row's draw. Rows of weight 0 are left out: they would
 * count towards the smallest leaf and teach nothing.
 */
export function drawBag(frame: TrainingFrame, overlay: Overlay, seed: number, share: number): Bag {
  const taken = new Int32Array(overlay.rows.length);
  const copies = new Int32Array(overlay.rows.length);
  let count = 0;
  const draws = share < 1 ? createDraws(frame, seed) : null;
  for (let i = 0, copy = 0; i < taken.length; i++) {
    const row = overlay.rows[i]!;
    copy = i > 0 && overlay.rows[i - 1] === row ? copy + 1 : 0;
    if (overlay.weight !== null && !(overlay.weight[i]! > 0)) continue;
    if (draws !== null && !(draws(row, copy) < share)) continue;
    copies[count] = copy;
    taken[count++] = i;
  }
  const entries = taken.subarray(0, count);
  const all = overlay.weight;
  return {
    rows: entries.map((i) => overlay.rows[i]!),
    copies: copies.subarray(0, count),
    label: Uint8Array.from(entries, (i) => overlay.label[i]!),
    weight: all === null ? null : Float64Array.from(entries, (i) => all[i]!),
  };
}

/** Uniform draws by frame row and copy; those of the rows themselves are made at once. */
function createDraws(frame: TrainingFrame, seed: number): (row: number, copy: number) => number {
  const random = createRandom(seed).fork('bagging');
  const first = new Float64Array(frame.rows);
  random.fill(frame.keys, first);
  return (row, copy) => (copy === 0 ? first[row]! : random.fork(String(copy)).at(frame.keys[row]!));
}
