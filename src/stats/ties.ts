/** Values sorted, without repeats, with the place of each input value among them. */
export interface Ties {
  /** Number of distinct values. */
  readonly groups: number;
  /** For each input value, the index of its group: 0 for the smallest. */
  readonly groupOf: Int32Array;
}

/**
 * Groups of equal values in ascending order, O(n log n). 0 and -0 are equal.
 *
 * @throws RangeError where a value is NaN: it has no place in an order.
 */
export function tieGroups(values: ArrayLike<number>): Ties {
  const distinct = Float64Array.from(values).sort();
  let groups = 0;
  for (let i = 0; i < distinct.length; i++) {
    if (groups === 0 || distinct[i] !== distinct[groups - 1]) distinct[groups++] = distinct[i]!;
  }
  if (groups > 0 && Number.isNaN(distinct[groups - 1])) throw new RangeError('NaN cannot be ranked.');
  const groupOf = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) groupOf[i] = indexOf(distinct, groups, values[i]!);
  return { groups, groupOf };
}

/** Index of `value` among the first `length` entries of an ascending array that holds it. */
function indexOf(sorted: Float64Array, length: number, value: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
