import type { Feature } from '../../core/study.js';

/**
 * A study in memory, binned once and shared by all worker threads and arms. Rows are in key order: the rows of
 * `study.whole`, then those of a separate test file. Typed arrays lie in SharedArrayBuffers.
 */
export interface Frame {
  readonly rows: number;
  /** Bytes per row of {@link bins}: the number of columns, padded to a multiple of 8. */
  readonly stride: number;
  /** Row-major bins, `rows * stride`. Value bins are 0 .. binCount-1; {@link missingBin} marks null, NaN and unseen levels. */
  readonly bins: Uint8Array;
  readonly columns: readonly FrameColumn[];
  /** 0 or 1 for each row. */
  readonly label: Uint8Array;
  /** Case weights from the study's weight role, or null. */
  readonly weight: Float32Array | null;
  readonly keys: BigInt64Array;
  /** `Part` of each row. */
  readonly part: Uint8Array;
  /** Sampling unit of each row, 0 .. units-1: user, group, or the row itself. */
  readonly unit: Int32Array;
  readonly units: number;
  /** Seconds since 1970, or null without a time role. */
  readonly time: Float64Array | null;
  /** Exact levels of the categorical columns that have more of them than bins, by index into {@link columns}. */
  readonly codes: ReadonlyMap<number, Codes>;
  /**
   * A hash of the cells of each row as they are, the label left out: rows equal in all features share it. Null where
   * more than half of the training rows have an equal, so that equality is no sign of a copy.
   */
  readonly twins: Int32Array | null;
}

/** What bins cannot tell apart: which level a cell holds. */
export interface Codes {
  /** Level of each frame row by falling training frequency, 0 .. levels-1; {@link noCode} for null and unseen ones. */
  readonly of: Int32Array;
  readonly levels: number;
}

/** The code of nulls and of levels unseen in training. */
export const noCode = -1;

/** The bin that holds nulls, NaN and levels unseen in training, in every column. */
export const missingBin = 255;

export interface FrameColumn {
  readonly feature: Feature;
  /** Value bins in use, at most 255. */
  readonly binCount: number;
  /** How a value becomes a bin; edges and levels come from the as-is training rows and are shared by all arms. */
  readonly binning: Binning;
}

export type Binning =
  /** bin = number of `edges` strictly below the value; edges ascend. */
  | { readonly kind: 'numeric'; readonly edges: Float64Array }
  /**
   * Levels by falling training frequency (ties by text), numbered in that order by `codes`; `bins` gives the bin of each
   * number. Beyond 254 they share bins of like frequency rank.
   */
  | { readonly kind: 'levels'; readonly codes: ReadonlyMap<string, number>; readonly bins: Uint8Array };

/** What an arm changes. Columns not named are the frame's own; nothing of the frame is ever patched. */
export interface Overlay {
  /** Replaced columns by index into `frame.columns`, one bin per frame row. */
  readonly columns: ReadonlyMap<number, Uint8Array>;
  /** Levels of the replaced columns that have {@link Frame.codes}; absent where there are none. */
  readonly codes?: ReadonlyMap<number, Int32Array>;
  /** Columns no split may use (dropped by the arm). */
  readonly masked: readonly number[];
  /** Training rows as frame row indexes, copies repeated, dropped rows absent; ascending. */
  readonly rows: Int32Array;
  /** Label of each entry of {@link rows}. */
  readonly label: Uint8Array;
  /** Weight of each entry of {@link rows}, or null where all are 1. */
  readonly weight: Float32Array | null;
  /** Cells of copies that differ from those of their row; absent where copies are like their row. */
  readonly variants?: Variants;
  /** Training units (rows or cells) that differ from the frame; of an overlay on scored rows only, cells of those. */
  readonly touched: number;
}

/** Cells by training entry, ascending by row, ordinal, column. */
export interface Variants {
  /** Frame row of the entry. */
  readonly row: Int32Array;
  /** Which of the row's entries in {@link Overlay.rows}, from 0. */
  readonly ordinal: Int32Array;
  /** Index into `frame.columns`. */
  readonly column: Int32Array;
  readonly bin: Uint8Array;
  /** Level of the cell in columns that have {@link Frame.codes}, else {@link noCode}; absent where none has. */
  readonly code?: Int32Array;
}
