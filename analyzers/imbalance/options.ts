/** Options of `imbalance`; see the README for what each changes. */
export type ImbalanceOptions = {
  /** Share of positives below which the class is called rare. */
  readonly rare: number;
  /** Two-sided p at and below which a rate differs from that of the reference. */
  readonly alpha: number;
  /** Ratio of odds, up or down, that is worth reading as sampling and not as drift. */
  readonly factor: number;
  /** Fewer positives than this hit round rates by chance too often to be asked about. */
  readonly fewestPositives: number;
};

export const defaults: ImbalanceOptions = { rare: 0.05, alpha: 0.001, factor: 1.5, fewestPositives: 300 };
