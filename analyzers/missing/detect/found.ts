import type { Column } from '../../../src/core/relation.js';
import type { CellsOf } from './cells.js';
import type { CountedMark } from './counted-mark.js';
import type { LabelNulls } from './label-nulls.js';
import type { Missingness } from './missingness.js';
import type { Outage } from './outages.js';
import type { SliceExcess } from './slices.js';
import type { Rule } from './structural.js';
import type { Together } from './together.js';

/** Everything the detector found, before it becomes evidence. */
export interface Found {
  readonly rows: number;
  readonly time: Column | null;
  readonly cells: readonly CellsOf[];
  /** Nulls, null words and sentinel numbers. */
  readonly marks: readonly CountedMark[];
  readonly rules: ReadonlyMap<CountedMark, readonly Rule[]>;
  /** Of the marks above, and of honest-looking zeros that took over a stretch of time. */
  readonly outages: readonly Outage[];
  /** Stretches of a mark that has too many of them for outages. */
  readonly recurring: readonly (readonly Outage[])[];
  readonly slices: readonly SliceExcess[];
  readonly together: readonly Together[];
  /** Nulls of either class, where there is a label. */
  readonly byLabel: readonly LabelNulls[];
  /** Nulls that other columns were asked to predict. */
  readonly predicted: readonly Missingness[];
  /** Columns, or groups that are null together, that no model was asked about because there are so many. */
  readonly notAsked: number;
  /** Columns and marks beyond those that rules, times, slices and shared nulls are looked for in. */
  readonly beyond: Readonly<Record<'ruled' | 'followed' | 'together', number>>;
}
