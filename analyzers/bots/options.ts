/** Options of `bots`; see the README for what each changes. */
export type BotsOptions = {
  /** Chance, over all users together, of calling an honest one. */
  readonly alpha: number;
  /** Odds of a positive, over those of all rows, that an honest user may have. */
  readonly times: number;
  /** Share of all rows from which one user crowds the log. */
  readonly volumeShare: number;
  /** Rows a user needs before fixed intervals say anything. */
  readonly leastRows: number;
  /** Share of a user's intervals that are the same. */
  readonly sameInterval: number;
};

export const defaults: BotsOptions = { alpha: 0.01, times: 3, volumeShare: 0.05, leastRows: 20, sameInterval: 0.9 };
