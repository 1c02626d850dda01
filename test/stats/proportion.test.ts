import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearson, clopperPearsonUpper, twoProportions, wilson } from '../../src/stats/proportion.js';

function expectClose(interval: { low: number; high: number }, low: number, high: number): void {
  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
}

describe('intervals of a share', () => {
  it('equal statsmodels', () => {
    expectClose(wilson(3, 100), 0.010254524, 0.084519364);
    expectClose(clopperPearson(3, 100), 0.00622997, 0.08517605);
    expect(clopperPearsonUpper(0, 200)).toBeCloseTo(1 - 0.05 ** (1 / 200), 6);
  });
  it('hold the share, stay in [0, 1], and Clopper-Pearson is the wider where it matters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const successes = Math.round(part * trials);
        for (const { low, high } of [wilson(successes, trials), clopperPearson(successes, trials)]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(successes / trials + 1e-12);
          expect(high).toBeGreaterThanOrEqual(successes / trials - 1e-12);
        }
      }),
    );
  });
  it('know nothing without trials', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('two proportions', () => {
  it('equals the textbook', () => {
    const t = twoProportions({ successes: 46, trials: 10000 }, { successes: 69, trials: 10000 });
    expect(t.z).toBeCloseTo(2.150954, 6);
    expect(t.p).toBeCloseTo(0.03147983, 6);
    expect(t.ratio).toBeCloseTo(1.5, 12);
    expect(t.ratioLow).toBeGreaterThan(1.02);
    expect(t.low).toBeGreaterThan(0);
  });
  it('mirrors when the samples are exchanged, and a design effect divides the rows', () => {
    const [a, b] = [
      { successes: 30, trials: 1000 },
      { successes: 60, trials: 1500 },
    ];
    const [there, back] = [twoProportions(a, b), twoProportions(b, a)];
    expect(back.z).toBeCloseTo(-there.z, 12);
    expect(back.ratio).toBeCloseTo(1 / there.ratio, 12);
    const clustered = twoProportions({ ...a, effect: 4 }, { ...b, effect: 4 });
    expect(clustered.z).toBeCloseTo(there.z / 2, 12);
  });
  it('does not react to samples without successes', () => {
    const none = twoProportions({ successes: 0, trials: 10 }, { successes: 0, trials: 20 });
    expect(none).toMatchObject({ z: 0, p: 1, ratio: Number.NaN });
  });
});
