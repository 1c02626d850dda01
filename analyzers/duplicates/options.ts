/** Options of `duplicates`. */
export type DuplicatesOptions = {
  /** Near duplicates are looked for in tables of at most so many rows. */
  readonly nearRows: number;
  /** Cosine of the rows' trigrams, 0 to 1, from which two rows are one; counts where EM finds no classes. */
  readonly nearCosine: number;
};

export const defaults: DuplicatesOptions = { nearRows: 20_000, nearCosine: 0.6 };
