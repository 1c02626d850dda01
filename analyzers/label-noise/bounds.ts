import type { Given } from './given.js';
import { clopperPearson } from '../../src/stats/proportion.js';

/** What can be known of noise rates without an audit: upper limits (95%, one-sided). */
export interface Bounds {
  /** P(label 1 | truly 0): at most the positive rate among the lowest scores. */
  readonly r01Upper: number;
  /** P(label 0 | truly 1): at most one minus the positive rate among the highest scores; close to 1 says nothing. */
  readonly r10Upper: number;
}

/**
 * r01 <= the least, r10 <= 1 - the greatest probability of a seen positive (Scott, Blanchard, Handy 2013, Classification
 * with asymmetric label noise; Menon et al. 2015, Learning from corrupted binary labels), read off the lowest fifth and
 * the highest thousandth (at least 50 rows) of out-of-fold scores with Clopper-Pearson limits.
 */
export function boundsOf({ label, p }: Pick<Given, 'label' | 'p'>): Bounds {
  const low = Math.max(1, Math.floor(p.length / 5));
  const high = Math.min(p.length, Math.max(50, Math.floor(p.length / 1000)));
  const inLow = positivesBelow(label, p, low);
  const inAll = label.reduce((sum, y) => sum + y, 0);
  const inHigh = inAll - positivesBelow(label, p, p.length - high);
  return {
    // The one-sided 95% limit is the limit of the two-sided 90% interval.
    r01Upper: clopperPearson(inLow, low, 0.9).high,
    r10Upper: 1 - clopperPearson(inHigh, high, 0.9).low,
  };
}

/** Positives among the `rows` rows with the lowest scores; of equal scores those that come first. */
function positivesBelow(label: Uint8Array, p: Float64Array, rows: number): number {
  const limit = p.toSorted()[rows - 1] ?? -Infinity;
  let [left, positives] = [rows, 0];
  for (let i = 0; i < p.length; i++) {
    if (!(p[i]! < limit)) continue;
    positives += label[i]!;
    left--;
  }
  for (let i = 0; i < p.length && left > 0; i++) {
    if (p[i] !== limit) continue;
    positives += label[i]!;
    left--;
  }
  return positives;
}
