/** Options of `duplicates`. */
export type DuplicatesOptions = {
  /** Near duplicates are looked for in tables of at most so many rows. */
  readonly nearRows: number;
  /** Mean cosine of the trigrams of two rows' cells, 0 to 1, from which they are one thing; counts where EM finds no classes. */
  readonly nearCosine: number;
};

export const defaults: DuplicatesOptions = { nearRows: 20_000, nearCosine: 0.475 };
