/** Options of `skew`; see the README for what each changes. */
export type SkewOptions = {
  /** Numbers are the same where they differ by no more than this share of 1 + the served one. */
  readonly tolerance: number;
  /** Column that injections damage; empty: the first that fits. */
  readonly column: string;
};

export const defaults: SkewOptions = { tolerance: 1e-6, column: '' };
