import { describe, expect, it } from 'vitest';
import { areCopies, exceedsChance } from '../../../analyzers/conflicts/judge.js';

const repeats = { groups: 0, mixed: 0, expected: 0, variance: 0, samePairs: 0, pairs: 0 };

describe('more than chance', () => {
  it('takes 18 of 33 for chance where 14 are expected', () => {
    expect(exceedsChance({ ...repeats, groups: 33, mixed: 18, expected: 14, variance: 7.6 }, 3.5)).toBe(false);
  });

  it('takes 70 of 92 for more where 36 are expected', () => {
    expect(exceedsChance({ ...repeats, groups: 92, mixed: 70, expected: 36, variance: 22 }, 3.5)).toBe(true);
  });

  it('needs two groups and a margin', () => {
    expect(exceedsChance({ ...repeats, groups: 1, mixed: 1, expected: 0.01, variance: 0.01 }, 3.5)).toBe(false);
    expect(exceedsChance({ ...repeats, groups: 1e6, mixed: 510_000, expected: 500_000, variance: 250_000 }, 3.5)).toBe(
      false,
    );
  });
});

describe('copies of one moment', () => {
  it('sees them where equal features are rare', () => {
    expect(areCopies({ ...repeats, samePairs: 458, pairs: 460 }, 1e-5)).toBe(true);
  });

  it('takes them for chance where many rows look alike and share moments', () => {
    expect(areCopies({ ...repeats, samePairs: 2200, pairs: 4e8 }, 6e-6)).toBe(false);
    expect(areCopies({ ...repeats, samePairs: 100, pairs: 1e5 }, 1)).toBe(false);
  });
});
