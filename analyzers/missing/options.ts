/** Options of `missing`; see the README for what each changes. */
export type MissingOptions = {
  /** Column that injections damage; empty: the numeric feature that ranks the label best. */
  readonly column: string;
  /** Number that the disguising mechanisms write. */
  readonly constant: number;
  /** Binomial z above which a stretch of time counts as an outage. */
  readonly outageZ: number;
};

export const defaults: MissingOptions = { column: '', constant: -999, outageZ: 5 };
