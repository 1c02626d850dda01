/** Options of `duplicates`. */
export type DuplicatesOptions = {
  /** Near duplicates are looked for in tables of at most so many rows. */
  readonly nearRows: number;
};

export const defaults: DuplicatesOptions = { nearRows: 20_000 };
