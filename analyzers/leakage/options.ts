/** Options of `leakage`; see the README for where the numbers come from. */
export type LeakageOptions = {
  /** AUC of a column alone above which no honest column is expected. */
  readonly auc: number;
  /** AUC alone above which somebody should know why. */
  readonly suspectAuc: number;
  /** AUC of "is null" above which the null tells the label. */
  readonly nullAuc: number;
  /** Share of positives in a pure tail of an otherwise weak column. */
  readonly tailRecall: number;
  /** Partial correlation within users with the rate of later events. */
  readonly ahead: number;
  /** Column that injections damage; the last numeric feature of a float type where empty. */
  readonly column: string;
};

export const defaults: LeakageOptions = {
  auc: 0.95,
  suspectAuc: 0.8,
  nullAuc: 0.8,
  tailRecall: 0.05,
  ahead: 0.15,
  column: '',
};
