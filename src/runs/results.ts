import type { Slice } from '../core/slice.js';
import type { Audit } from '../audit/audit.js';
import type { Cleaning, Curve, Effect, Unmeasured } from '../core/effect.js';
import type { EvaluationLabels, RollingGain } from '../core/worth.js';
import type { OtherModel } from '../core/other-model.js';
import type { Studies } from '../ablation/measure-studies.js';
import type { Demo, How, Interval, ReportColumn, TimeBucket } from '../../reports/model.js';

/** What the walks found, before it becomes a document. */
export interface Results {
  /** True where only what serves some measurements was looked at, and no model was trained. */
  readonly restricted?: boolean;
  readonly audit: Audit;
  /** AUC of the model as it is on the evaluation rows; null where none was trained or could be judged. */
  readonly asIs: Interval | null;
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  readonly curves: readonly Curve[];
  readonly studies: Studies | null;
  readonly evaluationLabels: EvaluationLabels | null;
  readonly otherModel: OtherModel | null;
  readonly rolling: RollingGain | null;
  readonly cleaning: Cleaning | null;
  /** Where flagged rows concentrate, by defect. */
  readonly slices: Readonly<Record<string, readonly Slice[]>>;
  /** Where the model errs; null where no model was asked. */
  readonly errors: readonly Slice[] | null;
  /** The flagged rows of each defect by domain. */
  readonly byDomain: Readonly<Record<string, readonly Slice[]>>;
  readonly columns: readonly ReportColumn[];
  readonly time: readonly TimeBucket[];
  readonly demo: Demo | null;
  /** Positives of the whole study, where it was counted. */
  readonly positives: number | null;
  /** What intervals rest on, and why there are none where there are none; null without a model. */
  readonly evaluation: { readonly positives: number; readonly units: number; readonly thin: string | null } | null;
  readonly how: How;
}
