/** Options of `concept-drift`; see the README for what each changes. */
export type ConceptDriftOptions = {
  /** Share of the training rows, the latest, whose relations are compared with the earlier ones. */
  readonly lateShare: number;
  /** Gain in AUC by late examples from which a change is told. */
  readonly gain: number;
  /** How many standard errors the gain must be above 0. */
  readonly z: number;
  /** Divisions into halves that are averaged; their scatter is the variance of training. */
  readonly repeats: number;
  /** Rows that are looked at; of more, whole users drawn by chance. */
  readonly rows: number;
  /** Column that injections hit; the numeric feature that ranks best alone where empty. */
  readonly column: string;
};

export const defaults: ConceptDriftOptions = {
  lateShare: 1 / 3,
  gain: 0.01,
  z: 3,
  repeats: 3,
  rows: 200_000,
  column: '',
};
