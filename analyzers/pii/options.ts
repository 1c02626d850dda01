/** Options of `pii`; see the README for what each changes. */
export type PiiOptions = {
  /** Values of a column above which its name alone makes it personal, at least 1. */
  readonly values: number;
  /** Text column that injections write into; the first one that no role but a feature has where empty. */
  readonly column: string;
};

export const defaults: PiiOptions = { values: 50, column: '' };
