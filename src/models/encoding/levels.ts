import type { Overlay, Variants } from '../frame/frame.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';
import { missingBin, noCode } from '../frame/frame.js';

/** The levels of a categorical column, or of a pair of them, under an overlay. */
export interface Levels {
  /** Level of each frame row, 0 .. count-1, or {@link noCode}. */
  readonly of: Int32Array;
  readonly count: number;
  /** Level of each altered copy ({@link AlteredCopy}), in their order. */
  readonly ofCopies: Int32Array;
}

/** A training entry whose cells differ from those of its row. */
export interface AlteredCopy {
  /** Index into `overlay.rows`. */
  readonly entry: number;
  readonly row: number;
  readonly ordinal: number;
  /** Its own cells as positions in the overlay's variants, by column. */
  readonly cells: ReadonlyMap<number, number>;
}

/** The altered copies of an overlay, in the order of its entries. */
export function alteredCopies(overlay: Overlay): readonly AlteredCopy[] {
  const { variants, rows } = overlay;
  if (variants === undefined) return [];
  const copies: AlteredCopy[] = [];
  for (let i = 0, ordinal = 0, cell = 0; i < rows.length && cell < variants.row.length; i++) {
    ordinal = i > 0 && rows[i - 1] === rows[i] ? ordinal + 1 : 0;
    // Cells of entries that a sample left out are passed over.
    while (cell < variants.row.length && orderOf(variants, cell, rows[i]!, ordinal) < 0) cell++;
    const cells = new Map<number, number>();
    for (; cell < variants.row.length && orderOf(variants, cell, rows[i]!, ordinal) === 0; cell++)
      cells.set(variants.column[cell]!, cell);
    if (cells.size > 0) copies.push({ entry: i, row: rows[i]!, ordinal, cells });
  }
  return copies;
}

function orderOf(variants: Variants, cell: number, row: number, ordinal: number): number {
  return variants.row[cell]! - row || variants.ordinal[cell]! - ordinal;
}

/** Levels of one column: its codes, or its bins where they tell levels apart. */
export function levelsOf(
  frame: TrainingFrame,
  overlay: Overlay,
  copies: readonly AlteredCopy[],
  column: number,
): Levels {
  const coded = frame.codes.get(column);
  const of = coded === undefined ? binLevels(frame, overlay, column) : (overlay.codes?.get(column) ?? coded.of);
  const own = (cell: number): number =>
    coded === undefined ? levelOfBin(overlay.variants!.bin[cell]!) : overlay.variants!.code![cell]!;
  const ofCopies = Int32Array.from(copies, ({ row, cells }) => {
    const cell = cells.get(column);
    return cell === undefined ? of[row]! : own(cell);
  });
  return { of, count: coded?.levels ?? frame.columns[column]!.binCount, ofCopies };
}

function binLevels(frame: TrainingFrame, overlay: Overlay, column: number): Int32Array {
  const replaced = overlay.columns.get(column);
  const out = new Int32Array(frame.rows);
  for (let row = 0; row < out.length; row++)
    out[row] = levelOfBin(replaced === undefined ? frame.bins[row * frame.stride + column]! : replaced[row]!);
  return out;
}

function levelOfBin(bin: number): number {
  return bin === missingBin ? noCode : bin;
}
