import type { RollingGain } from '../src/core/worth.js';
import { capital, change, interval, plural, visible, word } from './format.js';

/** Sentences on the gain over days, used by every renderer. */

/** The interval to quote: of days to come where there are enough of them, and the wider of the two then. */
export function rollingLimits({ theseDays, futureDays }: RollingGain): RollingGain['theseDays'] {
  if (futureDays === null) return theseDays;
  return futureDays.high - futureDays.low > theseDays.high - theseDays.low ? futureDays : theseDays;
}

export function rollingHeading(rolling: RollingGain): string {
  const { low, high } = rollingLimits(rolling);
  const days = rolling.futureDays === null ? `these ${word(rolling.days.length)} days` : 'days to come';
  if (low > 0) return `The gain is there on ${days}, too`;
  if (high < 0) return `On ${days} the repair loses AUC`;
  return `Whether the gain is there on ${days} cannot be told`;
}

/** The mean over days, with what its interval may be read for. */
export function rollingSentence(rolling: RollingGain): string {
  const { title, days, gain, theseDays, futureDays } = rolling;
  const mean = `${capital(visible(title))}: ${change(gain)} in the mean of ${plural(days.length, 'day')}, each scored by models of the days before it`;
  if (futureDays === null)
    return `${mean}, 95% interval on these days ${interval(theseDays)}; of days to come fewer than five say nothing.`;
  const other = rollingLimits(rolling) === futureDays ? 'on these days alone' : 'with each day as one draw';
  const narrow = rollingLimits(rolling) === futureDays ? theseDays : futureDays;
  return `${mean}, 95% interval for days to come ${interval(rollingLimits(rolling))} (${other} ${interval(narrow)}).`;
}

export const rollingNote =
  'The repairs were made from all training rows, these days among them: this shows whether a gain lasts, it proves none.';
