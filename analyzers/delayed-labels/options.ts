/** Options of `delayed-labels`; see the README for what each changes. */
export type DelayedLabelsOptions = {
  /** Moment at which the labels were read, ISO or seconds since 1970; the latest event of the file where empty. */
  readonly extracted: string;
  /** Youngest days that are compared with the others. */
  readonly tailDays: number;
  /** Age in days from which labels count as complete. */
  readonly matureDays: number;
  /** Completeness below which an age belongs to the immature tail. */
  readonly complete: number;
  /** How many standard errors the tail must lie below. */
  readonly z: number;
};

export const defaults: DelayedLabelsOptions = { extracted: '', tailDays: 2, matureDays: 7, complete: 0.95, z: 3 };
