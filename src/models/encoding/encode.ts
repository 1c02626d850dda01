import type { Overlay, Variants } from '../frame/frame.js';
import type { TrainingFrame } from '../gbdt/training-frame.js';
import type { Trial } from '../trainer.js';
import type { PrivateColumn } from './columns.js';
import type { Encoding } from './encoding.js';
import type { AlteredCopy, Levels } from './levels.js';
import type { TrainingEntries } from './training-entries.js';
import { meanColumn, sumColumn } from './columns.js';
import { alteredCopies, levelsOf } from './levels.js';
import { pairLevels } from './pair-levels.js';
import { trainingEntries } from './training-entries.js';

/** A trial and the frame it is trained on. */
export interface EncodedTrial {
  readonly frame: TrainingFrame;
  readonly trial: Trial;
}

/**
 * Adds the private columns of the trial's encoding after those of the frame: they depend on the trial's labels and
 * rows. All its training entries count, in the bag or not, so that arms differ by their data and not by the bag's
 * share of a level. Training rows are encoded out of fold; rows that are only scored or tuned on see all entries.
 */
export function encode(frame: TrainingFrame, trial: Trial): EncodedTrial {
  const { encoding = null, overlay } = trial;
  const entries = encoding === null ? null : trainingEntries(frame, overlay, encoding.seed);
  // Entries of one class teach nothing, here or in the training that is about to refuse them.
  if (encoding === null || entries === null) return { frame, trial };
  const copies = alteredCopies(overlay);
  const added = privateColumns(frame, encoding, entries, copies);
  const first = frame.columns.length;
  return {
    frame: { ...frame, columns: [...frame.columns, ...added.map(({ binCount }) => ({ binCount }))] },
    trial: { ...trial, overlay: extended(overlay, added, copies, first) },
  };
}

function privateColumns(
  frame: TrainingFrame,
  encoding: Encoding,
  entries: TrainingEntries,
  copies: readonly AlteredCopy[],
): readonly PrivateColumn[] {
  const { overlay } = entries;
  const hidden = new Set(overlay.masked);
  const shown = (columns: readonly number[]): readonly number[] => columns.filter((c) => !hidden.has(c));
  const levels = (column: number): Levels => levelsOf(frame, overlay, copies, column);
  const mean = (of: Levels): PrivateColumn => meanColumn(of, entries, copies);
  const singles = shown(encoding.single).map((c) => mean(levels(c)));
  const summed = shown(encoding.sum);
  const sum = summed.length === 0 ? [] : [sumColumn(mapped(summed, levels), entries, copies)];
  const pairs = encoding.pairs.filter((pair) => shown(pair).length === 2);
  return [...singles, ...sum, ...pairs.map(([a, b]) => mean(pairLevels(levels(a), levels(b), entries, copies)))];
}

/** One at a time, so that the levels of only one column are held. */
function* mapped(columns: readonly number[], levels: (column: number) => Levels): Iterable<Levels> {
  for (const column of columns) yield levels(column);
}

function extended(
  overlay: Overlay,
  added: readonly PrivateColumn[],
  copies: readonly AlteredCopy[],
  first: number,
): Overlay {
  const columns = new Map(overlay.columns);
  added.forEach(({ bins }, j) => columns.set(first + j, bins));
  if (overlay.variants === undefined) return { ...overlay, columns };
  return { ...overlay, columns, variants: withPrivateCells(overlay.variants, added, copies, first) };
}

/** The variants of the copies with their private cells, still ascending by row, ordinal and column. */
function withPrivateCells(
  { column, bin }: Variants,
  added: readonly PrivateColumn[],
  copies: readonly AlteredCopy[],
  first: number,
): Variants {
  const cells: { row: number; ordinal: number; column: number; bin: number }[] = [];
  copies.forEach((copy, i) => {
    const at = { row: copy.row, ordinal: copy.ordinal };
    for (const cell of copy.cells.values()) cells.push({ ...at, column: column[cell]!, bin: bin[cell]! });
    added.forEach(({ ofCopies }, j) => cells.push({ ...at, column: first + j, bin: ofCopies[i]! }));
  });
  return {
    row: Int32Array.from(cells, (cell) => cell.row),
    ordinal: Int32Array.from(cells, (cell) => cell.ordinal),
    column: Int32Array.from(cells, (cell) => cell.column),
    bin: Uint8Array.from(cells, (cell) => cell.bin),
  };
}
