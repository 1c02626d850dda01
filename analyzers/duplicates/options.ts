/** Options of `duplicates`. */
export type DuplicatesOptions = {
  /** Rows of the sample from which the number of repeats by chance is estimated. */
  readonly chanceRows: number;
};

export const defaults: DuplicatesOptions = { chanceRows: 10_000 };
