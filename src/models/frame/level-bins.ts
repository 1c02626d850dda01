import type { Binning } from './frame.js';

/** A level of a categorical column and its training rows. */
export interface LevelCount {
  readonly level: string;
  readonly rows: number;
}

/** Bins that levels may fill; one is kept free below the 255 of a column. */
const mostBins = 254;

/** With more levels than bins of a column, a level can no longer be told by its bin. */
const mostLevels = 255;

/** Whether that many levels need codes beside their bins. */
export function needCodes(levels: number): boolean {
  return levels > mostLevels;
}

/**
 * Numbers and bins of levels. `counts` come most frequent first; each level has its own bin while there are at most
 * 254. Beyond that, neighbours in frequency share bins of about equal rows, so that frequent levels still stand alone.
 */
export function levelBinning(counts: readonly LevelCount[]): Extract<Binning, { kind: 'levels' }> {
  const codes = new Map(counts.map(({ level }, rank) => [level, rank]));
  return { kind: 'levels', codes, bins: counts.length <= mostBins ? ranks(counts.length) : sharedBins(counts) };
}

function ranks(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, rank) => rank);
}

function sharedBins(counts: readonly LevelCount[]): Uint8Array {
  const bins = new Uint8Array(counts.length);
  let left = counts.reduce((sum, { rows }) => sum + rows, 0);
  let bin = 0;
  let filled = 0;
  counts.forEach(({ rows }, rank) => {
    // A bin is full once it holds its share of the rows that are left for it and the bins after it.
    if (filled > 0 && bin < mostBins - 1 && filled >= left / (mostBins - bin)) {
      left -= filled;
      filled = 0;
      bin++;
    }
    bins[rank] = bin;
    filled += rows;
  });
  return bins;
}
