import type { Frame, FrameColumn } from '../../models/frame/frame.js';
import { missingBin } from '../../models/frame/frame.js';

/** Groups of a numeric column, equal in rows of A; as for drift. */
const groupsOfNumbers = 10;
/** Levels with fewer rows in A are pooled. */
const leastRows = 20;

/** The bins of a column put into few groups, by which distributions are compared. */
export interface CoarseBins {
  /** Group of each of 256 bins, 0 .. groups-1. */
  readonly group: Uint8Array;
  readonly groups: number;
}

/** Numbers: up to ten groups of equal rows of A. Levels: one each, rare ones pooled. Missing values: a group. */
export function coarseBins({ binning, binCount }: FrameColumn, countsOfA: Float64Array): CoarseBins {
  const group = new Uint8Array(256);
  const last = binning.kind === 'numeric' ? numbers(group, binCount, countsOfA) : levels(group, binCount, countsOfA);
  group[missingBin] = last + 1;
  return { group, groups: last + 2 };
}

/** Returns the last group. */
function numbers(group: Uint8Array, bins: number, counts: Float64Array): number {
  const total = counts.subarray(0, bins).reduce((sum, n) => sum + n, 0);
  let below = 0;
  let last = 0;
  for (let bin = 0; bin < bins; bin++) {
    if (below >= ((last + 1) * total) / groupsOfNumbers && last < groupsOfNumbers - 1) last++;
    group[bin] = last;
    below += counts[bin]!;
  }
  return last;
}

function levels(group: Uint8Array, bins: number, counts: Float64Array): number {
  let last = 0;
  for (let bin = 0; bin < bins; bin++) group[bin] = counts[bin]! >= leastRows ? ++last : 0;
  return last;
}

/** Rows of `rows` in each of the 256 bins of column `c`. */
export function countBins(frame: Frame, c: number, rows: Int32Array): Float64Array {
  const counts = new Float64Array(256);
  for (const row of rows) counts[frame.bins[row * frame.stride + c]!]!++;
  return counts;
}
