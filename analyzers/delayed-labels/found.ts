import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Maturity } from '../../src/stats/maturity.js';
import type { DelayedLabelsOptions } from './options.js';
import { AssayError } from '../../src/core/errors.js';
import { labelMaturity, latestMoment } from '../../src/dataset/label-maturity.js';

/** How complete the labels of the training rows are, and the moment ages count from (seconds since 1970). */
export interface Found {
  readonly extracted: number;
  readonly maturity: Maturity;
}

/** Null where there is no label, no time, or too little to tell. */
export async function maturityIn(study: Study, run: Run, options: DelayedLabelsOptions): Promise<Found | null> {
  // Of the whole file, so that ages do not shrink where the latest rows are kept for evaluation.
  const extracted = givenMoment(options.extracted) ?? (await latestMoment(study.whole, study.roles, run));
  if (extracted === null) return null;
  const maturity = await labelMaturity(study.train, study.roles, extracted, options, run);
  return maturity === null ? null : { extracted, maturity };
}

function givenMoment(text: string): number | null {
  if (text === '') return null;
  const seconds = /^\d+(\.\d+)?$/.test(text)
    ? Number(text)
    : Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : isoUtc(text)) / 1000;
  if (Number.isFinite(seconds)) return seconds;
  const expected = 'a moment such as 2026-01-31T12:00Z, or seconds since 1970';
  throw new AssayError('option-invalid', { option: 'delayed-labels.extracted', value: text, expected });
}

/** A moment without a zone is UTC. */
function isoUtc(text: string): string {
  return text.length > 10 ? `${text.replace(' ', 'T')}Z` : text;
}
