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
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = index[i]!;
    const side = goLeft[bytes[row * stride + column]!]!;
    // Both writes always happen and only one pointer moves: a branch would be mispredicted every other row.
    index[left] = row;
    spare[right] = row;
    left += side;
    right += 1 - side;
  }
  for (let i = 0; i < right; i++) index[left + i] = spare[i]!;
  return left;
}
