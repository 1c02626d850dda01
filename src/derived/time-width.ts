const day = 86_400;
const hour = 3_600;
const minute = 60;
const maxBuckets = 400;

/**
 * Width in seconds of the buckets a span of time is looked at in: whole days for five days or more (several for very
 * long files), else hours, minutes, or twentieths where the numbers are no seconds.
 */
export function bucketSeconds(span: number): number {
  if (span >= 5 * day) return day * Math.ceil(span / day / maxBuckets);
  if (span >= 5 * hour) return hour;
  if (span >= 5 * minute) return minute;
  return span > 0 ? span / 20 : 1;
}

/** Seconds since 1970 for reading: the day, or the day and time. Small numbers are no moments and stay numbers. */
export function momentText(seconds: number): string {
  if (Math.abs(seconds) < 1e8 || Math.abs(seconds) > 8e12) return String(seconds);
  const iso = new Date(seconds * 1000).toISOString();
  return seconds % day === 0 ? iso.slice(0, 10) : `${iso.slice(0, 19)}Z`;
}
