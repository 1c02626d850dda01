import type { Series } from './series.js';
import { widened } from './series.js';
import { medianOf } from './usual.js';

const minute = 60;
const hour = 3_600;
const day = 86_400;

/** Rows that a bucket usually needs for its emptiness to be told from chance. */
const leastUsual = 5;
const mostBuckets = 20_000;

/** The width in which rows are counted first: minutes for less than half a day, days where the clock has no hours, else hours. */
export function finestWidth(span: number, type: string): number {
  if (type === 'DATE' || span / hour > mostBuckets) return day * Math.ceil(span / day / mostBuckets);
  return span < 12 * hour ? minute : hour;
}

/** The narrowest buckets, those given or wider ones, that are usually full enough; null where none is. */
export function fullEnough(series: Series): Series | null {
  const widths = [series.width, 10 * minute, hour, day, 7 * day].filter(
    (width, i) => i === 0 || (width > series.width && width % series.width === 0),
  );
  for (const width of widths) {
    const wide = widened(series, width / series.width);
    if (wide.counts.length < leastUsual) return null;
    if (medianOf([...wide.counts]) >= leastUsual) return wide;
  }
  return null;
}
