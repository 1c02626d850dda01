/** Options of `dirty-cells`; the README says where the defaults come from. */
export type DirtyCellsOptions = {
  /** A value is a typing error of one that is at least so many times as frequent. */
  readonly typoRatio: number;
  /** Largest share of rows that contradict a dependency between two columns, in (0, .5). */
  readonly dependencyError: number;
  /** A shape is odd below this share of a column's cells. */
  readonly oddShape: number;
  /** Column that injections damage; chosen by the mechanism where empty. */
  readonly column: string;
};

export const defaults: DirtyCellsOptions = { typoRatio: 5, dependencyError: 0.15, oddShape: 0.01, column: '' };
