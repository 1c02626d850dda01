import type { MaturityRule } from '../../src/stats/maturity.js';
import { usualMaturity } from '../../src/stats/maturity.js';

/** Options of `delayed-labels`; see the README for what each changes. */
export type DelayedLabelsOptions = MaturityRule & {
  /** Moment at which the labels were read, ISO or seconds since 1970; the latest event of the file where empty. */
  readonly extracted: string;
};

export const defaults: DelayedLabelsOptions = { extracted: '', ...usualMaturity };
