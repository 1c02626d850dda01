import type { Batch, Vector } from '../../core/engine.js';
import type { Feature } from '../../core/study.js';
import type { Frame, Overlay, Variants } from './frame.js';
import { AssayError } from '../../core/errors.js';
import { Part } from '../../core/relation.js';
import { binValues } from './bin-values.js';
import { noCode } from './frame.js';
import { shared } from './shared.js';

/** An overlay in the making, fed with altered rows. */
export interface OverlayDraft {
  readonly frame: Frame;
  /** Training rows stay as they are; only cells of scored rows are taken over. */
  readonly servedOnly: boolean;
  /** Touched columns by index, copies of the frame's with altered cells set. */
  readonly columns: Map<number, Uint8Array>;
  /** The same of the levels of columns that have codes. */
  readonly codes: Map<number, Int32Array>;
  /** Training entries so far. */
  readonly row: number[];
  readonly label: number[];
  readonly weight: number[];
  /** Cells of copies that differ from their row's. */
  readonly variants: {
    readonly row: number;
    readonly ordinal: number;
    readonly column: number;
    readonly bin: number;
    readonly code: number;
  }[];
  /** Rows and cells that differ so far. */
  touched: number;
}

export function createDraft(frame: Frame, servedOnly: boolean): OverlayDraft {
  return {
    frame,
    servedOnly,
    columns: new Map(),
    codes: new Map(),
    row: [],
    label: [],
    weight: [],
    variants: [],
    touched: 0,
  };
}

/**
 * A function that takes in batches `k, copy, y[, w], f0 …` in order of key and copy, `f` being the cells of `features`;
 * the keys are those of the frame rows from `firstRow` on.
 */
export function draftReader(
  draft: OverlayDraft,
  firstRow: number,
  features: readonly Feature[],
): (batch: Batch) => void {
  const { frame } = draft;
  const indexes = features.map(({ column }) => frame.columns.findIndex((c) => c.feature.column.id === column.id));
  for (const c of indexes) if (!draft.columns.has(c)) replace(draft, c);
  const place = createPlace(frame, firstRow);
  return (batch) => {
    const [keys, , label] = batch.columns;
    const weights = batch.columns[3]?.name === 'w' ? batch.columns[3] : null;
    const first = batch.columns.length - indexes.length;
    const cells = indexes.map((c, j) => cellsOf(frame, c, batch.columns[first + j]!, batch.rows));
    for (let i = 0; i < batch.rows; i++) {
      const { row, ordinal } = place((keys!.values as BigInt64Array)[i]!);
      const training = isTraining(frame.part[row]!);
      if (training ? draft.servedOnly : ordinal > 0) continue;
      takeCells(draft, row, ordinal, indexes, cells, i, training !== draft.servedOnly);
      if (training) takeEntry(draft, row, ordinal, (label!.values as Int32Array)[i]!, weightAt(weights, i));
    }
  };
}

/** Cells of one column in a batch. */
interface Cells {
  readonly bins: Uint8Array;
  /** Null in columns without codes. */
  readonly codes: Int32Array | null;
}

function takeCells(
  draft: OverlayDraft,
  row: number,
  ordinal: number,
  indexes: readonly number[],
  cells: readonly Cells[],
  i: number,
  counted: boolean,
): void {
  for (let j = 0; j < indexes.length; j++) {
    const column = indexes[j]!;
    const into = draft.columns.get(column)!;
    const codes = draft.codes.get(column);
    const bin = cells[j]!.bins[i]!;
    const code = cells[j]!.codes?.[i] ?? noCode;
    if (into[row] === bin && (codes === undefined || codes[row] === code)) continue;
    if (ordinal > 0) draft.variants.push({ row, ordinal, column, bin, code });
    else {
      into[row] = bin;
      if (codes !== undefined) codes[row] = code;
      if (counted) draft.touched++;
    }
  }
}

function takeEntry(draft: OverlayDraft, row: number, ordinal: number, label: number, weight: number): void {
  const { frame } = draft;
  draft.row.push(row);
  draft.label.push(label);
  draft.weight.push(weight);
  const before = frame.weight?.[row] ?? 1;
  if (ordinal > 0 || label !== frame.label[row] || Math.fround(weight) !== before) draft.touched++;
}

/** The overlay, without the frame columns of the given indexes. `base` is the frame as it is. */
export function finishDraft(draft: OverlayDraft, base: Overlay, masked: readonly number[]): Overlay {
  const { columns } = draft;
  const codes = draft.codes.size === 0 ? {} : { codes: draft.codes };
  if (draft.servedOnly) return { ...base, columns, ...codes, masked, touched: draft.touched };
  const weighted = base.weight !== null || draft.weight.some((w) => w !== 1);
  const count = draft.row.length;
  const rows = shared.ints(count);
  const label = shared.bytes(count);
  const weight = weighted ? shared.floats(count) : null;
  rows.set(draft.row);
  label.set(draft.label);
  weight?.set(draft.weight);
  const alive = draft.row.filter((row, i) => row !== draft.row[i - 1]).length;
  return {
    columns,
    ...codes,
    masked,
    rows,
    label,
    weight,
    ...(draft.variants.length === 0 ? {} : { variants: pack(draft) }),
    touched: draft.touched + (base.rows.length - alive) + masked.length * count,
  };
}

function pack({ variants: cells, codes }: OverlayDraft): Variants {
  return {
    row: Int32Array.from(cells, (cell) => cell.row),
    ordinal: Int32Array.from(cells, (cell) => cell.ordinal),
    column: Int32Array.from(cells, (cell) => cell.column),
    bin: Uint8Array.from(cells, (cell) => cell.bin),
    ...(codes.size === 0 ? {} : { code: Int32Array.from(cells, (cell) => cell.code) }),
  };
}

/** Finds the frame row of ascending keys, and which entry of that row each is. */
function createPlace(frame: Frame, firstRow: number): (key: bigint) => { row: number; ordinal: number } {
  let row = firstRow;
  let ordinal = -1;
  return (key) => {
    if (frame.keys[row] === key) ordinal++;
    else {
      while (row < frame.rows && frame.keys[row]! < key) row++;
      ordinal = 0;
    }
    if (frame.keys[row] !== key)
      throw new AssayError('internal', { message: `a plan made the row key ${key}, which the frame does not have` });
    return { row, ordinal };
  };
}

/** Starts to replace a column, with a copy of the frame's cells. */
function replace(draft: OverlayDraft, c: number): void {
  const { rows, bins, stride, codes } = draft.frame;
  const out = shared.bytes(rows);
  for (let row = 0; row < rows; row++) out[row] = bins[row * stride + c]!;
  draft.columns.set(c, out);
  const levels = codes.get(c);
  if (levels === undefined) return;
  const copy = shared.ints(rows);
  copy.set(levels.of);
  draft.codes.set(c, copy);
}

function cellsOf(frame: Frame, c: number, vector: Vector, rows: number): Cells {
  const bins = new Uint8Array(rows);
  const codes = frame.codes.has(c) ? new Int32Array(rows) : null;
  binValues(frame.columns[c]!.binning, vector, bins, codes ?? undefined);
  return { bins, codes };
}

function weightAt(weights: Vector | null, i: number): number {
  if (weights === null || (weights.valid !== null && weights.valid[i] === 0)) return 1;
  const weight = (weights.values as Float64Array)[i]!;
  return Number.isNaN(weight) ? 1 : weight;
}

function isTraining(part: number): boolean {
  return part === Part.train || part === Part.tuning;
}
