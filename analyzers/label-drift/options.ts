/** Options of `label-drift`; see the README for what each changes. */
export type LabelDriftOptions = {
  /** Two-sided p at and below which the rates count as different. */
  readonly alpha: number;
  /** Relative change of the rate that is worth reading, however significant. */
  readonly margin: number;
};

export const defaults: LabelDriftOptions = { alpha: 0.01, margin: 0.05 };
