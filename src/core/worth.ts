/** What rows, days, negatives, columns and the size of the model are worth, in AUC on the evaluation rows. */

/** A cost in AUC (> 0: going without hurts) with its raw two-sided 95% limits and its one-sided upper one. */
export interface CostLimits {
  readonly cost: number;
  readonly low: number;
  readonly high: number;
  readonly upper95: number;
}

/** What the training set could do without: less and less of it is kept, each time against all of it, paired by seed. */
export interface ValueCurve {
  /** `rows`: whole users at random. `days`: the most recent ones. `negatives`: at random, their weight restored. */
  readonly of: 'rows' | 'days' | 'negatives';
  /** Training units there are. */
  readonly total: number;
  /** From the most kept to the fewest; all of them, which cost 0, are left out. */
  readonly points: readonly ValuePoint[];
  /** Fewest units kept at a cost within the budget; `none`: already the first reduction may cost more. */
  readonly within: {
    readonly budget: number;
    readonly kept: number;
    readonly relation: 'none' | 'down-to' | 'at-most';
  };
  readonly seeds: number;
}

export interface ValuePoint extends CostLimits {
  /** Units kept, and their share of all, the mean over seeds. */
  readonly kept: number;
  readonly share: number;
  /** AUC with them: AUC with all less the cost. */
  readonly auc: number;
  /** Training work as a share of that on all rows: rows times trees. */
  readonly work: number;
}

/** What it costs to train without columns. */
export interface ColumnsWorth {
  readonly budget: number;
  readonly entries: readonly ColumnWorth[];
  /** All columns that can go, left out at once; columns may stand in for one another, so it is not their sum. */
  readonly together: (CostLimits & { readonly columns: readonly string[] }) | null;
  /** Features that were not tried, for want of budget: neither the weakest nor the strongest alone. */
  readonly leftOut: number;
  readonly seeds: number;
}

export interface ColumnWorth extends CostLimits {
  /** The column, or the common beginning of a group's names. */
  readonly name: string;
  /** Columns left out; one for a column of its own. */
  readonly columns: readonly string[];
  /** Bytes of its values in the training rows, uncompressed. */
  readonly bytes: number;
  /**
   * `pays`: leaving it out costs AUC (Benjamini-Hochberg, q = .10). `can-go`: the upper limit of what that costs is
   * within the budget (likewise). `not-resolved`: neither.
   */
  readonly verdict: 'pays' | 'can-go' | 'not-resolved';
}

/** One repair or injection on a small and on a large model; same rows and seeds. */
export interface CapacityEffect {
  readonly kind: 'gain' | 'sensitivity';
  readonly defect: string;
  readonly arm: string;
  readonly title: string;
  readonly small: Limited;
  readonly large: Limited;
  /** Large minus small. */
  readonly difference: Limited & { readonly p: number };
}

export interface Limited {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface CapacityAxis {
  readonly small: ModelSize;
  readonly large: ModelSize;
  readonly effects: readonly CapacityEffect[];
  readonly seeds: number;
}

/** AUC as it is with a model of this many trees and leaves. */
export interface ModelSize {
  readonly trees: number;
  readonly leaves: number;
  readonly auc: Limited;
}

/** What is known of wrong evaluation labels. They are never repaired; this stands beside the numbers. */
export interface EvaluationLabels {
  /** Given shares of wrong labels among those that say 1 and among those that say 0; differences shrink by `shrink`. */
  readonly noise?: { readonly positives: number; readonly negatives: number; readonly shrink: number };
  /** The same numbers on the rows whose labels the user trusts. */
  readonly trusted?: {
    readonly column: string;
    readonly rows: number;
    readonly positives: number;
    readonly auc: Limited | null;
    readonly gains: readonly (Limited & { readonly defect: string; readonly arm: string; readonly title: string })[];
    /** Why there are no numbers. */
    readonly reason?: string;
  };
}

/**
 * The gain of one arm on several days, each scored by models of the days before it only. The plan itself was made on
 * all training rows, so this shows whether a gain lasts; it proves none.
 */
export interface RollingGain {
  /** What was measured: the accepted repairs together, or one repair. */
  readonly title: string;
  /** Defects it repairs. */
  readonly defects: readonly string[];
  readonly days: readonly RollingDay[];
  /** Mean over the days. */
  readonly gain: number;
  /** Its 95% limits on these days: test units and seeds are random, the days are not. */
  readonly theseDays: { readonly low: number; readonly high: number };
  /** Its 95% limits on days to come: days are random; null with fewer than 5 of them. */
  readonly futureDays: { readonly low: number; readonly high: number } | null;
  readonly seeds: number;
}

export interface RollingDay extends Limited {
  /** ISO date, UTC. */
  readonly day: string;
  /** Rows trained on, all before the day. */
  readonly trainRows: number;
  readonly rows: number;
  readonly positives: number;
}
