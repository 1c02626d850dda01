/** A level of a categorical column and its training rows. */
export interface LevelCount {
  readonly level: string;
  readonly rows: number;
}

/** Bins that levels may fill; one is kept free below the 255 of a column. */
const mostBins = 254;

/**
 * Bin of each level. `counts` come most frequent first; each level has its own bin while there are at most 254.
 * Beyond that, neighbours in frequency share bins of about equal rows, so that frequent levels still stand alone.
 */
export function levelBins(counts: readonly LevelCount[]): ReadonlyMap<string, number> {
  const bins = new Map<string, number>();
  if (counts.length <= mostBins) {
    counts.forEach(({ level }, rank) => bins.set(level, rank));
    return bins;
  }
  let left = counts.reduce((sum, { rows }) => sum + rows, 0);
  let bin = 0;
  let filled = 0;
  for (const { level, rows } of counts) {
    // A bin is full once it holds its share of the rows that are left for it and the bins after it.
    if (filled > 0 && bin < mostBins - 1 && filled >= left / (mostBins - bin)) {
      left -= filled;
      filled = 0;
      bin++;
    }
    bins.set(level, bin);
    filled += rows;
  }
  return bins;
}
