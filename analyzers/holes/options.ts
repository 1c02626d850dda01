/** Options of `holes`; see the README for what each changes. */
export type HolesOptions = {
  /** Chance of calling a hole anywhere in a file that has none, for each kind of hole. */
  readonly alpha: number;
  /** A stretch is low, or high, where rows are below this share of what is usual, or above its inverse. */
  readonly lowShare: number;
  /** Ratio of the usual volume after to before a moment from which a lasting change is told. */
  readonly step: number;
  /** Rows a hole must have had for it to be worth a word. */
  readonly leastRows: number;
  /** Integer column whose blocks of values the injection removes; user, else item, where empty. */
  readonly column: string;
};

export const defaults: HolesOptions = { alpha: 0.001, lowShare: 0.3, step: 1.5, leastRows: 20, column: '' };
