import type { Cleaning, Curve, Effect, Unmeasured } from '../src/core/effect.js';
import type { Finding, Json, Measurement } from '../src/core/evidence.js';
import type { CapacityAxis, ColumnsWorth, EvaluationLabels, RollingGain, ValueCurve } from '../src/core/worth.js';
import type { OtherModel } from '../src/core/other-model.js';
import type { Gate } from '../src/core/gate.js';
import type { Slice } from '../src/core/slice.js';
import type { Split } from '../src/core/study.js';

/**
 * The report document: the only thing renderers see. It holds no wall-clock time, path or host, so it is byte-equal
 * for the same plan, seed and version at any number of threads. A change of shape raises {@link schemaVersion}.
 */
export interface Report {
  readonly assay: typeof schemaVersion;
  readonly study: ReportStudy;
  readonly verdict: Verdict;
  readonly defects: readonly ReportDefect[];
  /** Slices in which the log loss of the training rows concentrates, by models that never saw them; absent without a model. */
  readonly errors?: readonly Slice[];
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  readonly curves: readonly Curve[];
  /** What rows, days and negatives are worth; absent where not measured. */
  readonly value?: readonly ValueCurve[];
  /** What it costs to go without columns; absent where not measured. */
  readonly columnsWorth?: ColumnsWorth;
  /** Effects on a small and a large model; absent where not measured. */
  readonly capacity?: CapacityAxis;
  /** Absent where nothing is known of wrong evaluation labels. */
  readonly evaluationLabels?: EvaluationLabels;
  /** The same gains for a second model; only where one was asked for. */
  readonly otherModel?: OtherModel;
  /** A gain on one day after the other; absent where it was not measured. */
  readonly rolling?: RollingGain;
  /** Absent where nothing was cleaned (audit, ablate). */
  readonly cleaning?: Cleaning;
  /** The verdict of a policy; only where one was asked for. */
  readonly gate?: Gate;
  readonly columns: readonly ReportColumn[];
  /** Rows, positive rate and null rate by day (or another even bucket); empty without a time role. */
  readonly time: readonly TimeBucket[];
  /** Planted truth of the demo, measured against it; only there. */
  readonly demo?: Demo;
  readonly how: How;
}

export const schemaVersion = '1' as const;

export interface ReportStudy {
  readonly name: string;
  /** Shown wherever the data is: `generated` for the demo log. */
  readonly origin?: string;
  readonly files: readonly {
    readonly role: string;
    readonly name: string;
    readonly rows: number;
    readonly rejected: number;
  }[];
  readonly rows: number;
  readonly columnCount: number;
  readonly positives: number | null;
  readonly roles: readonly { readonly role: string; readonly column: string; readonly reason: string }[];
  readonly excluded: readonly { readonly column: string; readonly reason: string }[];
  readonly split: Split | null;
}

/** One of the verdict codes of the report, with what its sentence needs; `sentence` is made once, here. */
export interface Verdict {
  readonly code: 'audited' | 'nothing-resolved' | 'clean' | 'repairs-pay' | 'measured' | 'incomplete';
  readonly sentence: string;
  /** AUC as it is and after the accepted repairs on untouched rows, with 95% limits; null without a model. */
  readonly auc: { readonly asIs: Interval; readonly repaired: Interval | null; readonly gain: Interval | null } | null;
  /** Smallest effect this data resolves (median MDE of the measured gains) and the evaluation positives behind it. */
  readonly resolution: { readonly mde: number; readonly positives: number; readonly units: number } | null;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ReportDefect {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'ok' | 'not-applicable' | 'failed' | 'cancelled';
  readonly reason?: string;
  /** Flagged share of eligible units. */
  readonly score?: number;
  readonly measurements: readonly Measurement[];
  readonly findings: readonly (Finding & { readonly message: string })[];
  readonly rows: { readonly flagged: number; readonly file: string } | null;
  /** The worst few flagged rows, for people. */
  readonly worst: readonly WorstRow[];
  /** Slices in which its flagged rows concentrate, strongest first; absent where they are spread evenly. */
  readonly where?: readonly Slice[];
  /** Its flagged rows by domain, the highest share first; absent where no domain column is named. */
  readonly domains?: readonly Slice[];
}

export interface WorstRow {
  readonly row_key: string;
  readonly file: string;
  /** Row of the file, from 0. */
  readonly row: number;
  readonly code: string;
  readonly column: string | null;
  readonly score: number;
  readonly suggestion: string | null;
  readonly message: string;
}

export interface ReportColumn {
  readonly name: string;
  readonly type: string;
  readonly role: string;
  readonly nullShare: number;
  readonly distinct: number;
  /** AUC of the column alone, folded to >= .5; null where it was not computed. */
  readonly auc: number | null;
  /** Corrected PSI against reference, test or later time; null where drift did not apply. */
  readonly psi: number | null;
  /** Counts of up to 40 equal-width bins (numeric) or the most frequent levels, for the sparkline. */
  readonly histogram: { readonly labels: readonly string[]; readonly counts: readonly number[] };
  /** Codes of findings about it. */
  readonly findings: readonly string[];
}

export interface TimeBucket {
  /** ISO date or date-time of the bucket's start, UTC. */
  readonly start: string;
  readonly rows: number;
  readonly positives: number | null;
  readonly part: 'train' | 'inner' | 'outer' | 'left-out';
  readonly flagged: Readonly<Record<string, number>>;
}

export interface Demo {
  /** `flagged`: units the detector flagged for it; `hit`: planted units among them. */
  readonly planted: readonly {
    readonly defect: string;
    readonly mechanism: string;
    readonly units: number;
    readonly flagged: number;
    readonly hit: number;
  }[];
  /** True gain: the same plan scored on a large fresh sample of the same generator. */
  readonly gains: readonly ({
    readonly defect: string;
    readonly repair: string;
    readonly title: string;
  } & TrueGain)[];
  /** The same of all accepted steps together, against the proof; absent where nothing was accepted. */
  readonly recipe?: TrueGain;
}

/** A gain measured on the log against the one on the fresh sample, with its standard error. */
export interface TrueGain {
  readonly measured: Interval;
  readonly true: number;
  readonly trueSe: number;
  readonly covered: boolean;
}

export interface How {
  readonly seed: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Budget, trials and what was left out. */
  readonly plan: Readonly<Record<string, Json>>;
  readonly trainer: Readonly<Record<string, Json>>;
  readonly split: string | null;
  readonly trainings: number;
}
