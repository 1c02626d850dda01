import type { Variants } from '../frame/frame.js';
import type { Bag } from './bagging.js';
import type { Layout } from './layout.js';
import type { Matrix } from './matrix.js';
import { missingBin } from '../frame/frame.js';

/** Sets the cells of a bag's copies that differ from their row's. Both lists ascend by row and copy, so they merge. */
export function setVariants(matrix: Matrix, variants: Variants | undefined, layout: Layout, bag: Bag): void {
  if (variants === undefined) return;
  const place = new Map(Array.from(layout.columns, (column, c) => [column, c]));
  const { row, ordinal, column, bin } = variants;
  for (let at = 0, cell = 0; at < bag.rows.length && cell < row.length;) {
    const order = row[cell]! - bag.rows[at]! || ordinal[cell]! - bag.copies[at]!;
    if (order > 0) at++;
    else {
      const c = place.get(column[cell]!);
      if (order === 0 && c !== undefined)
        matrix.bytes[at * layout.stride + c] = bin[cell] === missingBin ? layout.bins[c]! : bin[cell]!;
      cell++;
    }
  }
}
