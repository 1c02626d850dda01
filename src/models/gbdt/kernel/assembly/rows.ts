/** Puts rows 0 .. `rows` - 1 into `index` in order. */
export function orderRows(index: usize, rows: u32): void {
  for (let row: u32 = 0; row < rows; row++) store<u32>(index + ((<usize>row) << 2), row);
}

/**
 * Moves the rows of `index[from] .. index[to - 1]` whose byte at `row * stride` of `column` is in the set `goLeft` (1
 * or 0 for each of 256 bins) to the front, both sides in their old order. Returns where the right side begins.
 */
export function partition(
  index: usize,
  spare: usize,
  from: usize,
  to: usize,
  column: usize,
  stride: usize,
  goLeft: usize,
): usize {
  let left = index + (from << 2);
  let right = spare;
  const end = index + (to << 2);
  for (let at = left; at < end; at += 4) {
    const row = load<u32>(at);
    // Both writes always happen and only one of the ends moves: a branch would be mispredicted every other row.
    store<u32>(left, row);
    store<u32>(right, row);
    const goes = (<usize>load<u8>(goLeft + <usize>load<u8>(column + <usize>row * stride))) << 2;
    left += goes;
    right += 4 - goes;
  }
  memory.copy(left, spare, right - spare);
  return (left - index) >> 2;
}

/** Adds `value` to the scores of rows `index[from] .. index[to - 1]`. */
export function addToScores(scores: usize, index: usize, from: usize, to: usize, value: f64): void {
  const end = index + (to << 2);
  for (let at = index + (from << 2); at < end; at += 4) {
    const score = scores + ((<usize>load<u32>(at)) << 3);
    store<f64>(score, load<f64>(score) + value);
  }
}
