/** What one scan says about rows with equal features. */
export interface Repeats {
  /** Groups of rows with equal features and two events or more: moments, or rows where there is no time. */
  readonly groups: number;
  /** Groups among them whose events differ in label, and how many would by chance, with variance. */
  readonly mixed: number;
  readonly expected: number;
  readonly variance: number;
  /** Pairs of rows with equal features and unlike labels: of one moment, and all. */
  readonly samePairs: number;
  readonly pairs: number;
}

/** At less than this many times its expectation nothing is flagged, however significant. */
const margin = 1.2;
/** Pairs of one moment count as copies from this many times their expectation on. */
const copies = 2;

/**
 * Whether equal features with unlike labels, at different moments, are more than coincidence: labels of rows that merely
 * look alike differ in a share of 1 - p^m - (1-p)^m of groups of m, and in less where features tell about the label.
 */
export function exceedsChance({ mixed, expected, variance }: Repeats, z: number): boolean {
  if (mixed < 2 || mixed < margin * expected) return false;
  return variance <= 0 ? mixed > expected : (mixed - expected) / Math.sqrt(variance) > z;
}

/**
 * Whether unlike labels in one and the same moment are copies of one event. By chance there are as many such pairs as
 * unlike pairs of different moments allow: those times the odds that two rows share a moment (`shared`).
 */
export function areCopies({ samePairs, pairs }: Repeats, shared: number): boolean {
  if (samePairs === 0 || shared >= 1) return false;
  const expected = ((pairs - samePairs) * shared) / (1 - shared);
  return samePairs >= copies * expected && samePairs > expected + 3 * Math.sqrt(expected);
}
