/** Options of `outliers`; see the README for where the numbers come from. */
export type OutliersOptions = {
  /** A cell is flagged this many times farther out than 99 in 100 cells of its column. */
  readonly times: number;
  /** Column that injections damage; the numeric feature with most values where empty. */
  readonly column: string;
};

export const defaults: OutliersOptions = { times: 3, column: '' };
