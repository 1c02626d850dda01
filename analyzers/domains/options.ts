/** Options of `domains`; see the README for what each changes. */
export type DomainsOptions = {
  /** False discovery rate over columns and domains (Benjamini-Hochberg). */
  readonly q: number;
  /** Least corrected PSI that is worth reading, however significant. */
  readonly margin: number;
  /** How far from .5 an AUC has to be on both sides before its direction is told as reversed. */
  readonly direction: number;
  /** Column that injections damage; empty: the first that fits. */
  readonly column: string;
  /** What `other-unit` multiplies by. */
  readonly factor: number;
};

export const defaults: DomainsOptions = { q: 0.01, margin: 0.02, direction: 0.02, column: '', factor: 100 };
