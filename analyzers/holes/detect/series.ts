/** Rows of consecutive even buckets of time, empty ones included. */
export interface Series {
  /** Number of the first bucket: whole widths since 1970. */
  readonly first: number;
  /** Width of a bucket in seconds. */
  readonly width: number;
  readonly counts: Float64Array;
}

/** Start of a bucket in seconds since 1970. */
export function startOf({ first, width }: Series, at: number): number {
  return (first + at) * width;
}

/** Counts by bucket number, with the buckets between the first and the last that have no rows. */
export function seriesOf(rows: readonly (readonly [bucket: number, rows: number])[], width: number): Series {
  const first = rows[0]?.[0] ?? 0;
  const last = rows.at(-1)?.[0] ?? first - 1;
  const counts = new Float64Array(last - first + 1);
  for (const [bucket, n] of rows) counts[bucket - first] = n;
  return { first, width, counts };
}

/** The same rows in buckets `times` as wide. */
export function widened({ first, width, counts }: Series, times: number): Series {
  const start = Math.floor(first / times);
  const wide = new Float64Array(Math.floor((first + counts.length - 1) / times) - start + 1);
  counts.forEach((n, i) => {
    wide[Math.floor((first + i) / times) - start]! += n;
  });
  return { first: start, width: width * times, counts: wide };
}
