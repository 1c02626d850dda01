/** Something that is done again in every run, and should pay for itself: a repair of the chain, or a rule of a gate. */
export interface Strategy {
  readonly kind: 'repair' | 'rule';
  /** `duplicates/drop-copies` for a repair; name and bound of a rule: `missing.null-share@age max`. */
  readonly name: string;
  /** Every run that tried it, newest first. */
  readonly record: readonly Trial[];
}

/** What became of a strategy in one run. */
export interface Trial {
  readonly run: string;
  /** A repair that was accepted in a recipe whose proof holds; a rule that found a breach. */
  readonly paid: boolean;
  /** A repair the chain accepted; a rule that could be decided. */
  readonly accepted: boolean;
  /** AUC on inner rows, with 95% limits; null for rules and where it was not measured. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Rows or cells that an accepted repair touched; 0 for rules. */
  readonly units: number;
  /** Its part of the run's seconds, by its part of the trainings; null for rules. */
  readonly seconds: number | null;
}
