/** A part of the rows, of one column or two, in which a mark is more frequent than elsewhere. */
export interface Slice {
  /** In words: `source = 3, time = 2026-01-06`. */
  readonly slice: string;
  /** What identifies it: one part of each of its columns; text, null for cells without a value. */
  readonly parts: readonly { readonly column: string; readonly part: string | null }[];
  /** Rows of the slice that were looked at. */
  readonly rows: number;
  /** Mean of the mark inside with 95% limits: the share of flagged rows, or the mean loss. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** That mean over the mean of the other rows; of a loss, over the loss that the model's probabilities foretell. */
  readonly lift: number;
  /** Share of all marks that lie in it. */
  readonly share: number;
  /** Benjamini-Hochberg over all slices tried in its round. */
  readonly p: number;
}
