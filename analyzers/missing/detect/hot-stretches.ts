import type { Heat, Hot, TimeCell } from './time-cell.js';
import { normalQuantile } from '../../../src/stats/distributions.js';
import { quantileSorted } from '../../../src/stats/quantile.js';

/** Buckets with fewer rows say too little. */
const minRows = 20;
/** Without this many buckets there is no usual share to compare with. */
const minBuckets = 4;

/**
 * Stretches of hot buckets in one slice; `cells` ascend by bucket. A bucket is hot when its count is `heat.z` standard
 * deviations above the binomial of the median bucket, as widely as the calmer buckets stray from it, and its share is high
 * enough in itself. Small buckets inside a stretch do not break it.
 */
export function hotStretches(cells: readonly TimeCell[], heat: Heat): readonly Hot[] {
  const full = cells.filter((cell) => cell.rows >= minRows);
  if (full.length < minBuckets) return [];
  const usual = medianShare(full);
  const floor = Math.max(usual, 0.5 / full.reduce((sum, cell) => sum + cell.rows, 0));
  const limit = heat.z * strayed(full, floor);
  const stretches: Hot[] = [];
  let open: Hot | null = null;
  for (const cell of full) {
    const z = surprise(cell, floor);
    const share = cell.marked / cell.rows;
    if (z > limit && share >= heat.share && share - usual >= heat.excess) {
      open = grown(open, cell, usual, z);
    } else if (open !== null) {
      stretches.push(open);
      open = null;
    }
  }
  return open === null ? stretches : [...stretches, open];
}

function grown(open: Hot | null, { bucket, rows, marked }: TimeCell, usual: number, z: number): Hot {
  const before = open ?? { from: bucket, rows: 0, marked: 0, z: 0 };
  return {
    from: before.from,
    to: bucket + 1,
    rows: before.rows + rows,
    marked: before.marked + marked,
    usual,
    z: Math.max(before.z, z),
  };
}

/**
 * How many binomial standard deviations one is worth here, at least 1, by the lower quartile, where no outage is: a word
 * that half of the rows hold comes and goes with whoever works that day (overdispersion, McCullagh and Nelder 1989).
 */
function strayed(cells: readonly TimeCell[], usual: number): number {
  const sorted = Float64Array.from(cells, (cell) => surprise(cell, usual)).sort();
  return Math.max(1, quantileSorted(sorted, 0.25) / normalQuantile(0.25));
}

/** Median of the buckets' shares, each bucket counted once. */
function medianShare(cells: readonly TimeCell[]): number {
  const shares = cells.map((cell) => cell.marked / cell.rows).sort((a, b) => a - b);
  const middle = shares.length >> 1;
  return shares.length % 2 === 1 ? shares[middle]! : (shares[middle - 1]! + shares[middle]!) / 2;
}

/**
 * How much better a stretch explains its cells than the usual share does: the log likelihood ratio of two binomials.
 * It is largest for the slice that holds all of an outage and nothing else.
 */
export function explained({ rows, marked, usual }: Hot): number {
  const share = marked / rows;
  const base = Math.min(Math.max(usual, 0.5 / rows), 1 - 1e-9);
  return likelihood(marked, share, base) + likelihood(rows - marked, 1 - share, 1 - base);
}

/** `count` events whose share is `share` rather than `base`; nothing for no events. */
function likelihood(count: number, share: number, base: number): number {
  return count === 0 ? 0 : count * Math.log(share / base);
}

/**
 * Standard deviations by which a bucket is above a binomial of share `base`, after Anscombe 1948 (The transformation of
 * Poisson, binomial and negative-binomial data): a plain z takes the long tail of small counts for an outage.
 */
function surprise({ marked, rows }: TimeCell, base: number): number {
  return 2 * Math.sqrt(rows) * (angle((marked + 3 / 8) / (rows + 3 / 4)) - angle(Math.min(base, 1)));
}

function angle(share: number): number {
  return Math.asin(Math.sqrt(share));
}
