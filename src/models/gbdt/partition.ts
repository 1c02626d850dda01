/**
 * Kernel: moves the rows of `index[from] .. index[to - 1]` whose byte at `row * stride + column` is in the set `goLeft`
 * (1 or 0 for each of 256 bins) to the front, both sides in their old order. Returns where the right side begins.
 */
export function partition(
  index: Int32Array,
  spare: Int32Array,
  from: number,
  to: number,
  bytes: Uint8Array,
  stride: number,
  column: number,
  goLeft: Uint8Array,
): number {
  let left = from;
  for (let i = from; i < to; i++) {
    const row = index[i]!;
    // Both writes always happen and only `left` moves: a branch would be mispredicted every other row.
    index[left] = row;
    spare[i - left] = row;
    left += goLeft[bytes[row * stride + column]!]!;
  }
  index.set(spare.subarray(0, to - left), left);
  return left;
}
