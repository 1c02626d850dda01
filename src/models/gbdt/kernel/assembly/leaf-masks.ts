/**
 * Adds a tree's value of each row to its score. For each of `used` columns, `masks` holds 256 sets of leaves, one a
 * bin: those that the bin leaves open. The leaf of a row is the one that all its bins leave open (Lucchese et al. 2015,
 * QuickScorer). `columns` are byte offsets in a row, `values` belong to bits of the set.
 */
export function addTree(
  scores: usize,
  matrix: usize,
  stride: usize,
  rows: usize,
  masks: usize,
  columns: usize,
  used: usize,
  values: usize,
): void {
  const end = columns + (used << 2);
  const last = scores + (rows << 3);
  for (let score = scores; score < last; score += 8) {
    let open: u32 = 0xffffffff;
    let table = masks;
    for (let c = columns; c < end; c += 4) {
      open &= load<u32>(table + ((<usize>load<u8>(matrix + <usize>load<u32>(c))) << 2));
      table += 1024;
    }
    store<f64>(score, load<f64>(score) + load<f64>(values + ((<usize>ctz(open)) << 3)));
    matrix += stride;
  }
}
