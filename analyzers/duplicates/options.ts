/** Options of `duplicates`. */
export type DuplicatesOptions = {
  /** Rows of the sample from which the number of repeats by chance is estimated. */
  readonly chanceRows: number;
  /** Near duplicates are looked for in tables of at most so many rows. */
  readonly nearRows: number;
};

export const defaults: DuplicatesOptions = { chanceRows: 10_000, nearRows: 20_000 };
