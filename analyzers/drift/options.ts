/** Options of `drift`; see the README for what each changes. */
export type DriftOptions = {
  /** False discovery rate of the alarm over columns (Benjamini-Hochberg). */
  readonly q: number;
  /** Least corrected PSI that is worth reading, however significant. */
  readonly margin: number;
  /** Column that injections damage; empty: the first that fits. */
  readonly column: string;
  /** Column whose values the unit-change injection takes one after the other; empty: the first that fits. */
  readonly slice: string;
  /** How far `shift` moves a number, in interquartile ranges of the column. */
  readonly distance: number;
  /** What `unit-change` multiplies by. */
  readonly factor: number;
};

export const defaults: DriftOptions = { q: 0.01, margin: 0.02, column: '', slice: '', distance: 2, factor: 100 };
