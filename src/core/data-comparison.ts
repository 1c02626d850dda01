/** What changed between two data sets, and what of it changes the model: the document of `assay compare`. */
export interface DataComparison {
  readonly assay: '1';
  readonly document: 'comparison';
  readonly a: ComparedData;
  readonly b: ComparedData;
  readonly verdict: {
    readonly code: 'differs' | 'not-resolved' | 'unmeasured';
    readonly sentence: string;
  };
  /** Columns by which they differ before any value is looked at; a model of either lacks those that only A has. */
  readonly schema: readonly SchemaChange[];
  /** Null where the evaluation rows are too few; `unmeasured` then says so. */
  readonly auc: {
    /** Of a model of A on the evaluation rows of A, and of B on those of B. */
    readonly a: Level;
    readonly b: Level;
    /** B minus A: what a team sees when it moves from A to B. */
    readonly difference: Difference;
    /** Of that, on the evaluation rows of B alone: a model of B minus a model of A. The rest lies in the rows scored. */
    readonly training: Difference;
  } | null;
  /** The largest contribution first. */
  readonly causes: readonly MeasuredCause[];
  /** All resolved moves of columns taken back at once, where there are two or more. */
  readonly together: CauseEffect | null;
  readonly unmeasured: readonly { readonly title: string; readonly reason: string }[];
  readonly how: {
    readonly model: string;
    readonly rounds: number;
    readonly pairs: number;
    readonly trainings: number;
    /** Training rows of the models of A and of B. */
    readonly trainRows: { readonly a: number; readonly b: number };
    readonly evaluationPositives: { readonly a: number; readonly b: number };
    readonly seed: number;
    readonly version: string;
  };
}

export interface ComparedData {
  readonly name: string;
  readonly rows: number;
  readonly positives: number;
}

/** A column by which two data sets differ before any value is looked at. */
export interface SchemaChange {
  readonly column: string;
  readonly change: 'only-in-a' | 'only-in-b' | 'type' | 'renamed' | 'swapped' | 'unit';
  /**
   * Types in A and in B, as the engine names them; null where the column is not there. Of `renamed` and `swapped` the names
   * under which one column stands in A and in B; of `unit`, `to` is what B's numbers are multiplied by.
   */
  readonly from: string | null;
  readonly to: string | null;
}

/** An AUC with its 95% limits. */
export interface Level {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A difference in AUC over paired trainings. */
export interface Difference extends Level {
  /** Two-sided; of a cause, Holm-adjusted over all causes. */
  readonly p: number;
  /** Smallest difference that would be seen (two-sided .05, power .8). */
  readonly mde: number;
  /** p at most .05. */
  readonly resolved: boolean;
}

/** AUC with a cause minus AUC without it: below 0, it is why B is worse. */
export interface CauseEffect extends Difference {
  /** Contribution over the difference of B and A; null where that is not resolved. */
  readonly explains: number | null;
}

export interface MeasuredCause extends CauseEffect {
  /** `column`, `piece`: B's values were given A's distribution, in all rows or in some (hours, a value of another column). */
  readonly kind: 'column' | 'piece' | 'defect' | 'rows';
  readonly title: string;
  readonly column: string | null;
  /** Rows in which the column moved, in words: `hour = 19 or hour = 20`; null: all. */
  readonly where: string | null;
  readonly defect: { readonly id: string; readonly repair: string } | null;
  readonly units: number;
  /** PSI less its bias, of a move. */
  readonly psi: number | null;
}
