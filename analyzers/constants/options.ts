/** Options of `constants`; see the README for what each changes. */
export type ConstantsOptions = {
  /** Share of one value from which a column is nearly constant, in (.5, 1]. */
  readonly nearConstant: number;
  /** |r| of two numeric columns from which one of them says what the other says, in (0, 1]. */
  readonly correlation: number;
  /** Column that injections damage; the first feature where empty. */
  readonly column: string;
};

export const defaults: ConstantsOptions = { nearConstant: 0.999, correlation: 0.999, column: '' };
