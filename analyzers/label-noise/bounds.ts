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
export function boundsOf(given: Pick<Given, 'label' | 'p'>): Bounds {
  const order = Int32Array.from(given.p, (_, row) => row).sort((a, b) => given.p[a]! - given.p[b]! || a - b);
  const positives = (rows: Int32Array): number => rows.reduce((sum, row) => sum + given.label[row]!, 0);
  const low = order.subarray(0, Math.max(1, Math.floor(order.length / 5)));
  const high = order.subarray(-Math.min(order.length, Math.max(50, Math.floor(order.length / 1000))));
  return {
    // The one-sided 95% limit is the limit of the two-sided 90% interval.
    r01Upper: clopperPearson(positives(low), low.length, 0.9).high,
    r10Upper: 1 - clopperPearson(positives(high), high.length, 0.9).low,
  };
}
