import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Maturity } from './maturity.js';
import type { DelayedLabelsOptions } from './options.js';
import { AssayError } from '../../src/core/errors.js';
import { labelAges } from '../../src/dataset/sql/shapes/label-ages.js';
import { timeSpan } from '../../src/dataset/sql/shapes/marks-by-time.js';
import { maturityOf } from './maturity.js';

export const day = 86_400;
const mostDays = 1000;

/** How complete the labels of the training rows are, and the moment ages count from (seconds since 1970). */
export interface Found {
  readonly extracted: number;
  readonly maturity: Maturity;
}

/** Null where there is no label, no time, or too little to tell. */
export async function maturityIn(study: Study, run: Run, options: DelayedLabelsOptions): Promise<Found | null> {
  const { label, time } = study.roles;
  if (label === null || time === null) return null;
  const { dialect } = run.engine;
  const extracted = givenMoment(options.extracted) ?? (await latestMoment(study, run));
  if (extracted === null) return null;
  const query = labelAges(study.train, time, label, extracted, day, mostDays, dialect);
  const rows = await run.engine.rows(query, mostDays + 1, run);
  const ages = rows.map((row) => ({ age: Number(row['age']), rows: Number(row['n']), positives: Number(row['y']) }));
  const maturity = maturityOf(ages, options);
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

/** Of the whole file, so that ages do not shrink where the latest rows are kept for evaluation. */
async function latestMoment({ whole, roles }: Study, run: Run): Promise<number | null> {
  const [span = {}] = await run.engine.rows(timeSpan(whole, roles.time!, run.engine.dialect), 1, run);
  const high = span['high'];
  return typeof high === 'number' && Number.isFinite(high) ? high : null;
}
