import type { Audit } from '../audit/audit.js';
import type { Cleaning, Curve, Effect, Unmeasured } from '../core/effect.js';
import type { Demo, How, Interval, ReportColumn, TimeBucket } from '../../reports/model.js';

/** What the walks found, before it becomes a document. */
export interface Results {
  readonly audit: Audit;
  /** AUC of the model as it is on the evaluation rows; null where none was trained or could be judged. */
  readonly asIs: Interval | null;
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  readonly curves: readonly Curve[];
  readonly cleaning: Cleaning | null;
  readonly columns: readonly ReportColumn[];
  readonly time: readonly TimeBucket[];
  readonly demo: Demo | null;
  readonly positives: number | null;
  readonly how: How;
}
