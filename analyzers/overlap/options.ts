/** Options of `overlap`; see the README for what each changes. */
export type OverlapOptions = {
  /** Cell of the grid on which near copies are looked for, in robust standard deviations of a column; 0 looks for none. */
  readonly width: number;
};

export const defaults: OverlapOptions = { width: 0.01 };
