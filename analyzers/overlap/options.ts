/** Options of `overlap`; see the README for what each changes. */
export type OverlapOptions = {
  /** Cell of the grid on which near copies are looked for, in robust standard deviations of a column; 0 looks for none. */
  readonly width: number;
  /** Rows of the sample from which the number of equal rows by chance is estimated. */
  readonly chanceRows: number;
};

export const defaults: OverlapOptions = { width: 0.01, chanceRows: 10_000 };
