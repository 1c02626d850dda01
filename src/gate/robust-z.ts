import { median, medianAbsoluteDeviation } from 'simple-statistics';
import { recentOf } from './recent.js';

/** Makes the median absolute deviation of normal values their standard deviation. */
const toSd = 1.4826;

/**
 * Distance of a value from a series (newest first) in robust standard deviations: (value - median) / (1.4826 MAD), over
 * the 20 newest (Iglewicz and Hoaglin 1993, How to detect and handle outliers). A reason where the series cannot tell.
 */
export function robustZ(value: number, series: readonly number[]): number | string {
  const recent = recentOf(series);
  if (typeof recent === 'string') return recent;
  const center = median([...recent]);
  const spread = toSd * medianAbsoluteDeviation([...recent]);
  if (value === center) return 0;
  if (spread === 0) return `the last ${recent.length} runs do not vary enough to say what is usual`;
  return (value - center) / spread;
}
