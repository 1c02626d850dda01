/** Options of `conflicts`. */
export type ConflictsOptions = {
  /** z above the chance of unlike labels from which repeats at different times are flagged. */
  readonly excessZ: number;
};

export const defaults: ConflictsOptions = { excessZ: 3.5 };
