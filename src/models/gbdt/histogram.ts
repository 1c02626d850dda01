import type { Layout } from './layout.js';
import type { Matrix } from './matrix.js';

/**
 * Histograms hold, for each bin of each column, two integers kept in doubles: the sum of rounded gradients, and the
 * sum of rounded hessians plus `unit` for each row, so that one addition counts the row too. All sums stay below
 * 2^53 (see `fixed-point.ts`), hence are exact and the same in every order.
 */

/** Rows whose bins and gradients stay in the cache while all columns pass over them. */
const tile = 512;

/** Adds rows `index[from] .. index[to - 1]` to a cleared histogram. */
export function buildHistogram(
  histogram: Float64Array,
  layout: Layout,
  matrix: Matrix,
  gradients: Float64Array,
  index: Int32Array,
  from: number,
  to: number,
): void {
  histogram.fill(0);
  const { words, offsets } = layout;
  for (let start = from; start < to; start += tile) {
    const end = start + tile < to ? start + tile : to;
    let word = 0;
    for (; word + 2 <= words; word += 2)
      addEight(histogram, matrix.words, words, word, offsets, gradients, index, start, end);
    if (word < words) addFour(histogram, matrix.words, words, word, offsets, gradients, index, start, end);
  }
}

/** Turns the histogram of a parent into that of one child by taking away the other child's. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}

/** Kernel: the eight columns of two words. Unrolled, since a loop over columns costs more than the additions. */
function addEight(
  histogram: Float64Array,
  matrix: Int32Array,
  words: number,
  word: number,
  offsets: Int32Array,
  gradients: Float64Array,
  index: Int32Array,
  from: number,
  to: number,
): void {
  const first = word * 4;
  const o0 = offsets[first]!;
  const o1 = offsets[first + 1]!;
  const o2 = offsets[first + 2]!;
  const o3 = offsets[first + 3]!;
  const o4 = offsets[first + 4]!;
  const o5 = offsets[first + 5]!;
  const o6 = offsets[first + 6]!;
  const o7 = offsets[first + 7]!;
  for (let i = from; i < to; i++) {
    const row = index[i]!;
    const gradient = gradients[2 * row]!;
    const hessian = gradients[2 * row + 1]!;
    const low = matrix[row * words + word]!;
    const high = matrix[row * words + word + 1]!;
    // (word >>> 8 j << 1) & 510 is twice the bin in byte j.
    let at = o0 + ((low << 1) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o1 + ((low >>> 7) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o2 + ((low >>> 15) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o3 + ((low >>> 23) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o4 + ((high << 1) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o5 + ((high >>> 7) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o6 + ((high >>> 15) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o7 + ((high >>> 23) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
  }
}

/** Kernel: the four columns of the last word. */
function addFour(
  histogram: Float64Array,
  matrix: Int32Array,
  words: number,
  word: number,
  offsets: Int32Array,
  gradients: Float64Array,
  index: Int32Array,
  from: number,
  to: number,
): void {
  const first = word * 4;
  const o0 = offsets[first]!;
  const o1 = offsets[first + 1]!;
  const o2 = offsets[first + 2]!;
  const o3 = offsets[first + 3]!;
  for (let i = from; i < to; i++) {
    const row = index[i]!;
    const gradient = gradients[2 * row]!;
    const hessian = gradients[2 * row + 1]!;
    const four = matrix[row * words + word]!;
    let at = o0 + ((four << 1) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o1 + ((four >>> 7) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o2 + ((four >>> 15) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = o3 + ((four >>> 23) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
  }
}
