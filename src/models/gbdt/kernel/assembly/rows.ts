/** Puts rows 0 .. `rows` - 1 into `index` in order. */
export function orderRows(index: usize, rows: u32): void {
  for (let row: u32 = 0; row < rows; row++) store<u32>(index + ((<usize>row) << 2), row);
}

/** Rows whose columns are copied before the next rows are begun: their lines stay in the cache. */
const tile: usize = 64;

/** Copies a row-major matrix into one that is column by column, so that a partition reads neighbouring bytes. */
export function transpose(columns: usize, matrix: usize, stride: usize, rows: usize): void {
  for (let start: usize = 0; start < rows; start += tile) {
    const end = min(start + tile, rows);
    for (let c: usize = 0; c < stride; c++) {
      let from = matrix + start * stride + c;
      const last = columns + c * rows + end;
      for (let to = columns + c * rows + start; to < last; to++) {
        store<u8>(to, load<u8>(from));
        from += stride;
      }
    }
  }
}

/**
 * Moves the rows of `index[from] .. index[to - 1]` whose byte in `column` is in the set `goLeft` (1 or 0 for each of 256 bins) to the front, both sides in their old order. Returns where the right side begins.
 */
export function partition(index: usize, spare: usize, from: usize, to: usize, column: usize, goLeft: usize): usize {
  let left = index + (from << 2);
  let right = spare;
  const end = index + (to << 2);
  for (let at = left; at < end; at += 4) {
    const row = load<u32>(at);
    // Both writes always happen and only one of the ends moves: a branch would be mispredicted every other row.
    store<u32>(left, row);
    store<u32>(right, row);
    const goes = (<usize>load<u8>(goLeft + <usize>load<u8>(column + <usize>row))) << 2;
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
