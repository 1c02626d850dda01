/** What a plan or an injection does to a metric, with everything needed to judge it. */
export interface Effect {
  /** `gain`: a repair, > 0 helps. `sensitivity`: the same amount injected again, > 0 hurts. `cost`: clean minus damaged. */
  readonly kind: 'gain' | 'sensitivity' | 'cost';
  readonly defect: string;
  /** Repair id (gain) or mechanism name with its `where` (sensitivity, cost). */
  readonly arm: string;
  /** Title for tables. */
  readonly title: string;
  /**
   * AUC decides every claim about ranking. Beside it: log loss; NE, log loss over the entropy of the base rate; GAUC,
   * AUC within users weighted by their rows; calibration, how far predicted over observed positives is from 1, `|log|`.
   */
  readonly metric: 'auc' | 'logloss' | 'ne' | 'gauc' | 'calibration';
  /**
   * On log loss and NE, which are a family of their own: most of what they see beyond AUC goes away when both arms are
   * recalibrated, so a resolved one is a cost in calibration and never stands for one in ranking.
   */
  readonly code?: 'calibration-cost';
  /** On GAUC: shares of the evaluation rows and positives whose users have both classes; the others do not count. */
  readonly counted?: { readonly rows: number; readonly positives: number };
  /** Point estimate, mean over seeds of the paired difference. */
  readonly effect: number;
  /** Raw two-sided 95% limits. */
  readonly low: number;
  readonly high: number;
  /** One-sided 95% limits: what verdicts, the gate and "below U" use. */
  readonly lower95: number;
  readonly upper95: number;
  readonly p: number;
  /** Degrees of freedom behind the limits (Satterthwaite 1946). */
  readonly df: number;
  /** Holm over the effects of one run, kind and metric. */
  readonly pAdjusted: number;
  readonly verdict: EffectVerdict;
  /** On costs and sensitivities in AUC: where the one-sided limits stand against a budget. */
  readonly budget?: { readonly auc: number; readonly answer: BudgetAnswer };
  /** Smallest effect that would be seen (two-sided .05, power .8). */
  readonly mde: number;
  readonly estimand: 'thisTrainingSet' | 'thisTrainingSetAtN';
  /** Units the plan touched in the training rows. */
  readonly units: number;
  /** Training rows of the arm as is. */
  readonly rows: number;
  /** Replicates (paired trainings) behind the estimate. */
  readonly seeds: number;
  /** `inner`, `outer` or both evaluation parts. */
  readonly on: 'inner' | 'outer' | 'evaluation';
  /** Trainer and encoding in words: `built-in GBDT, rank`. */
  readonly model: string;
  /** Absent where it was not measured or not resolved. */
  readonly rowsWorth?: RowsWorth;
}

/** Training rows (whole users at random) whose loss costs as much AUC, read between measured points of the value curve of rows. */
export interface RowsWorth {
  readonly rows: number;
  /** `more-than` the largest loss that was measured. */
  readonly relation: 'about' | 'more-than';
  /**
   * At least 95%: the lower limit of the effect on the upper limits of the costs, and the other way round. `high` is null
   * where it lies beyond the largest loss that was measured.
   */
  readonly low: number;
  readonly high: number | null;
}

/** `helps` and `costs` need the Holm-adjusted p; `not-resolved` is never "no effect". */
export type EffectVerdict = 'helps' | 'costs' | 'not-resolved';

/** `within` and `equivalent` (also above minus the budget) are proven, so is `breach`; `unknown` is not a pass. */
export type BudgetAnswer = 'breach' | 'within' | 'equivalent' | 'unknown';

/** An arm that could not be measured, with the reason in words. */
export interface Unmeasured {
  readonly kind: Effect['kind'];
  readonly defect: string;
  readonly arm: string;
  readonly title: string;
  readonly reason: string;
}

/** Cost at growing doses of one mechanism. */
export interface Curve {
  readonly defect: string;
  readonly mechanism: string;
  readonly where: 'train' | 'serve' | 'both';
  /** The column it damages, where it damages one. */
  readonly column?: string;
  /** Measured doses, ascending; cost > 0 hurts. `low`/`high`: 95% isotonic band. */
  readonly points: readonly {
    readonly dose: number;
    readonly cost: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Cost per unit of dose at 0, with its limits ("about 90%"). */
  readonly slope: { readonly value: number; readonly low: number; readonly high: number };
  /** Largest measured dose whose upper limit stays within the budget; the words say `below` or `at least` at the ends. */
  readonly tolerance: {
    readonly budget: number;
    readonly dose: number;
    readonly relation: 'up-to' | 'below' | 'at-least';
  };
  readonly seeds: number;
}

/** What the chain did. */
export interface Cleaning {
  readonly steps: readonly ChainStep[];
  /** Null where nothing was accepted: an empty recipe. */
  readonly proof: Proof | null;
}

export interface ChainStep {
  readonly defect: string;
  readonly repair: string;
  readonly title: string;
  readonly decision: 'accepted' | 'not-resolved' | 'hurts' | 'held-back';
  /** Gain on top of the steps accepted before it, on inner rows, with 95% limits; null where it was not measured. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number } | null;
  /**
   * On accepted steps of two or more: the gain alone, and the gain on top of all the others, on inner rows. Where their
   * signs differ, the step depends on the other repairs.
   */
  readonly alone?: { readonly value: number; readonly low: number; readonly high: number };
  readonly last?: { readonly value: number; readonly low: number; readonly high: number };
  readonly seeds: number;
  readonly units: number;
  /** Strength of a repair that has several. */
  readonly strength?: number;
  /** On accepted steps of several strengths: what the others gain over the first one tried, on inner rows. */
  readonly tried?: readonly {
    readonly strength: number;
    readonly gain: { readonly value: number; readonly low: number; readonly high: number } | null;
  }[];
  /** Why, in words. */
  readonly reason: string;
}

/** The joint effect of the accepted steps on rows that took no part in choosing them. */
export interface Proof {
  readonly gain: number;
  readonly low: number;
  readonly high: number;
  /** One-sided 95% lower limit; the proof holds when it is above 0. */
  readonly lower95: number;
  readonly p: number;
  readonly holds: boolean;
  readonly before: number;
  readonly after: number;
  readonly seeds: number;
  readonly positives: number;
  /** How often the outer rows of this split were opened; above 1 it is no longer a proof. */
  readonly outerUses: number;
}
