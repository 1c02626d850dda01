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

/** Slots of hashed pairs at most; each costs some 130 bytes while a pair is encoded. */
const mostSlots = 2 ** 20;

/**
 * Levels of a pair of columns; none where one of the two has none. Numbered exactly while that takes no more numbers
 * than hashing into twice as many slots as there are rows (Weinberger et al. 2009, Feature hashing).
 */
export function pairLevels(a: Levels, b: Levels, rows: number): Levels {
  let slots = 1024;
  while (slots < 2 * rows && slots < mostSlots) slots *= 2;
  const exact = a.count * b.count <= slots;
  const mask = slots - 1;
  const pair = (x: number, y: number): number => {
    if (x === noCode || y === noCode) return noCode;
    return exact ? x * b.count + y : hash(x, y) & mask;
  };
  return {
    of: a.of.map((x, row) => pair(x, b.of[row]!)),
    count: exact ? a.count * b.count : slots,
    ofCopies: a.ofCopies.map((x, i) => pair(x, b.ofCopies[i]!)),
  };
}

function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
