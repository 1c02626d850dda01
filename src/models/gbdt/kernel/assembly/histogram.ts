// A cell is two doubles (gradient, hessian and count); a column has 256 cells, so a cell's address is one constant
// offset away from its bin: no table is read in the loop. All sums are integers below 2^53, hence exact.

/** Bytes of a column: 256 cells of 16 bytes, and a cache line so that equal bins of columns fall into different sets. */
export const column: usize = 4160;

/** Rows that are brought into the cache together before their sums are taken. */
const group: usize = 32 * 4;

/** What {@link touch} read, so that its reads are not left out. */
let seen: u64 = 0;

/** Makes histogram that of rows `index[from] .. index[to - 1]`, which ascend; `stride` bytes a row, a multiple of 4. */
export function buildHistogram(
  histogram: usize,
  bins: usize,
  matrix: usize,
  stride: usize,
  gradients: usize,
  index: usize,
  from: usize,
  to: usize,
): void {
  clear(histogram, bins, stride);
  if (from === to) return;
  const end = index + (to << 2);
  let at = index + (from << 2);
  // Rows that lie side by side come into the cache by themselves.
  if (<usize>(load<u32>(end - 4) - load<u32>(at)) === to - from - 1)
    return addRows(histogram, matrix, stride, gradients, at, end);
  for (; at < end; at += group) {
    const last = min(at + group, end);
    touch(matrix, stride, gradients, at, last);
    addRows(histogram, matrix, stride, gradients, at, last);
  }
}

/**
 * Reads from each row once. A row's sums are so many instructions that a processor meets the next row only after them
 * and would wait for memory row by row; here it sees many rows at once.
 */
function touch(matrix: usize, stride: usize, gradients: usize, from: usize, to: usize): void {
  let all: u64 = 0;
  for (let at = from; at < to; at += 4) {
    const row = <usize>load<u32>(at);
    const first = matrix + row * stride;
    all ^= load<u64>(gradients + (row << 4)) ^ load<u8>(first) ^ load<u8>(first + stride - 1);
  }
  seen = all;
}

/** Adds the rows at addresses `start` to `end - 1` of the index. */
function addRows(histogram: usize, matrix: usize, stride: usize, gradients: usize, start: usize, end: usize): void {
  for (let at = start; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const cell = v128.load(gradients + (row << 4));
    let from = matrix + row * stride;
    const to = from + (stride & ~7);
    let base = histogram;
    while (from < to) {
      const eight = load<u64>(from);
      let a = base + ((<usize>(eight & 255)) << 4);
      v128.store(a, f64x2.add(v128.load(a), cell));
      a = base + <usize>((eight >> 4) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 4160), cell), 4160);
      a = base + <usize>((eight >> 12) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 8320), cell), 8320);
      a = base + <usize>((eight >> 20) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 12480), cell), 12480);
      a = base + <usize>((eight >> 28) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 16640), cell), 16640);
      a = base + <usize>((eight >> 36) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 20800), cell), 20800);
      a = base + <usize>((eight >> 44) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 24960), cell), 24960);
      a = base + <usize>((eight >> 52) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 29120), cell), 29120);
      from += 8;
      base += 8 * column;
    }
    if ((stride & 4) === 0) continue;
    const four = load<u32>(from);
    let a = base + <usize>((four & 255) << 4);
    v128.store(a, f64x2.add(v128.load(a), cell));
    a = base + <usize>((four >> 4) & 0xff0);
    v128.store(a, f64x2.add(v128.load(a, 4160), cell), 4160);
    a = base + <usize>((four >> 12) & 0xff0);
    v128.store(a, f64x2.add(v128.load(a, 8320), cell), 8320);
    a = base + <usize>((four >> 20) & 0xff0);
    v128.store(a, f64x2.add(v128.load(a, 12480), cell), 12480);
  }
}

/** Only the bins in use: `bins[c]` value bins and one for missing values. */
function clear(histogram: usize, bins: usize, columns: usize): void {
  for (let c: usize = 0; c < columns; c++)
    memory.fill(histogram + c * column, 0, (<usize>load<u32>(bins + (c << 2)) + 1) << 4);
}

/** Turns the histogram of a parent into that of one child by taking away the other child's. */
export function subtractHistogram(parent: usize, child: usize, bins: usize, columns: usize): void {
  for (let c: usize = 0; c < columns; c++) {
    const end = parent + c * column + ((<usize>load<u32>(bins + (c << 2)) + 1) << 4);
    let other = child + c * column;
    for (let at = parent + c * column; at < end; at += 16) {
      v128.store(at, f64x2.sub(v128.load(at), v128.load(other)));
      other += 16;
    }
  }
}
