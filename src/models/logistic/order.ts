import type { Bag } from '../gbdt/bagging.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';
import { createRandom } from '../../core/random.js';

const buckets = 65_536;

/**
 * The order in which a model sees the entries of its bag: by a draw of the row's key, so that a row that another arm
 * drops or relabels shifts no other row. Copies follow their row. Draws that fall into one of 65,536 buckets keep the
 * order of the frame.
 */
export function learningOrder(frame: TrainingFrame, bag: Bag, seed: number): Int32Array {
  const draws = new Float64Array(frame.rows);
  createRandom(seed).fork('order').fill(frame.keys, draws);
  const first = new Int32Array(buckets + 1);
  const bucketOf = (i: number): number => Math.floor(draws[bag.rows[i]!]! * buckets);
  for (let i = 0; i < bag.rows.length; i++) first[bucketOf(i) + 1]!++;
  for (let b = 0; b < buckets; b++) first[b + 1]! += first[b]!;
  const order = new Int32Array(bag.rows.length);
  for (let i = 0; i < order.length; i++) order[first[bucketOf(i)]!++] = i;
  return order;
}
