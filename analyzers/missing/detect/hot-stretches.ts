import type { Heat, Hot, TimeCell } from './time-cell.js';

/** Buckets with fewer rows say too little. */
const minRows = 20;
/** Without this many buckets there is no usual share to compare with. */
const minBuckets = 4;

/**
 * Stretches of hot buckets in one slice; `cells` ascend by bucket. A bucket is hot when its count is `heat.z` standard
 * deviations above the binomial of the median bucket and its share is high enough in itself. Small buckets inside a
 * stretch do not break it.
 */
export function hotStretches(cells: readonly TimeCell[], heat: Heat): readonly Hot[] {
  const full = cells.filter((cell) => cell.rows >= minRows);
  if (full.length < minBuckets) return [];
  const usual = medianShare(full);
  const floor = Math.max(usual, 0.5 / full.reduce((sum, cell) => sum + cell.rows, 0));
  const stretches: Hot[] = [];
  let open: Hot | null = null;
  for (const cell of full) {
    const z = surprise(cell, floor);
    const share = cell.marked / cell.rows;
    if (z > heat.z && share >= heat.share && share - usual >= heat.excess) {
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
