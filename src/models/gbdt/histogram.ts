import type { Layout } from './layout.js';
import type { Matrix } from './matrix.js';
import { columnEntries } from './layout.js';

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
  for (let c = 0; c < layout.stride; c++)
    histogram.fill(0, c * columnEntries, c * columnEntries + 2 * (layout.bins[c]! + 1));
  const { words } = layout;
  for (let start = from; start < to; start += tile) {
    const end = start + tile < to ? start + tile : to;
    let word = 0;
    for (; word + 2 <= words; word += 2) addEight(histogram, matrix.words, words, word, gradients, index, start, end);
    if (word < words) addFour(histogram, matrix.words, words, word, gradients, index, start, end);
  }
}

/** Turns the histogram of a parent into that of one child by taking away the other child's. */
export function subtractHistogram(parent: Float64Array, child: Float64Array, layout: Layout): void {
  for (let c = 0; c < layout.columns.length; c++) {
    const end = c * columnEntries + 2 * (layout.bins[c]! + 1);
    for (let i = c * columnEntries; i < end; i++) parent[i]! -= child[i]!;
  }
}

/** Kernel: the eight columns of two words. Unrolled, since a loop over columns costs more than the additions. */
function addEight(
  histogram: Float64Array,
  matrix: Int32Array,
  words: number,
  word: number,
  gradients: Float64Array,
  index: Int32Array,
  from: number,
  to: number,
): void {
  const first = word * 4 * columnEntries;
  for (let i = from; i < to; i++) {
    const row = index[i]!;
    const gradient = gradients[2 * row]!;
    const hessian = gradients[2 * row + 1]!;
    const low = matrix[row * words + word]!;
    const high = matrix[row * words + word + 1]!;
    // (word >>> 8 j << 1) & 510 is twice the bin in byte j.
    let at = first + ((low << 1) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 1 * columnEntries + ((low >>> 7) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 2 * columnEntries + ((low >>> 15) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 3 * columnEntries + ((low >>> 23) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 4 * columnEntries + ((high << 1) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 5 * columnEntries + ((high >>> 7) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 6 * columnEntries + ((high >>> 15) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 7 * columnEntries + ((high >>> 23) & 510);
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
  gradients: Float64Array,
  index: Int32Array,
  from: number,
  to: number,
): void {
  const first = word * 4 * columnEntries;
  for (let i = from; i < to; i++) {
    const row = index[i]!;
    const gradient = gradients[2 * row]!;
    const hessian = gradients[2 * row + 1]!;
    const four = matrix[row * words + word]!;
    let at = first + ((four << 1) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 1 * columnEntries + ((four >>> 7) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 2 * columnEntries + ((four >>> 15) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
    at = first + 3 * columnEntries + ((four >>> 23) & 510);
    histogram[at]! += gradient;
    histogram[at + 1]! += hessian;
  }
}
