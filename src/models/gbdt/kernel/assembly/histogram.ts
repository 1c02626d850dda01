// A cell is two doubles (gradient, hessian and count); a column has 256 cells, so a cell's address is one constant
// offset away from its bin: no table is read in the loop. All sums are integers below 2^53, hence exact.

/** Bytes of a column: 256 cells of 16 bytes. */
const column: usize = 4096;

/** Adds rows `index[from] .. index[to - 1]` to a cleared histogram; `stride` bytes a row, a multiple of 4. */
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
  const end = index + (to << 2);
  for (let at = index + (from << 2); at < end; at += 4) {
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
      v128.store(a, f64x2.add(v128.load(a, 4096), cell), 4096);
      a = base + <usize>((eight >> 12) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 8192), cell), 8192);
      a = base + <usize>((eight >> 20) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 12288), cell), 12288);
      a = base + <usize>((eight >> 28) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 16384), cell), 16384);
      a = base + <usize>((eight >> 36) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 20480), cell), 20480);
      a = base + <usize>((eight >> 44) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 24576), cell), 24576);
      a = base + <usize>((eight >> 52) & 0xff0);
      v128.store(a, f64x2.add(v128.load(a, 28672), cell), 28672);
      from += 8;
      base += 8 * column;
    }
    if ((stride & 4) === 0) continue;
    const four = load<u32>(from);
    let a = base + <usize>((four & 255) << 4);
    v128.store(a, f64x2.add(v128.load(a), cell));
    a = base + <usize>((four >> 4) & 0xff0);
    v128.store(a, f64x2.add(v128.load(a, 4096), cell), 4096);
    a = base + <usize>((four >> 12) & 0xff0);
    v128.store(a, f64x2.add(v128.load(a, 8192), cell), 8192);
    a = base + <usize>((four >> 20) & 0xff0);
    v128.store(a, f64x2.add(v128.load(a, 12288), cell), 12288);
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
