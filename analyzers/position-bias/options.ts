/** Options of `position-bias`; see the README for what each changes. */
export type PositionBiasOptions = {
  /** Two-sided p at and below which the rates of positions count as different. */
  readonly alpha: number;
  /** Standard errors from which a fall within items is told. */
  readonly z: number;
  /** Share of the information about positions that lies within items below which the two cannot be told apart. */
  readonly leastOverlap: number;
  /** Odds ratio a position from which an effect is worth a word, above or below 1 by this much. */
  readonly margin: number;
};

export const defaults: PositionBiasOptions = { alpha: 0.01, z: 3, leastOverlap: 0.05, margin: 0.05 };
