import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argsort } from '../../src/stats/argsort.js';
import { averagePrecision } from '../../src/stats/average-precision.js';
import { quantile, quantileSorted } from '../../src/stats/quantile.js';
import { round12 } from '../../src/stats/round12.js';
import { sample } from './sample.js';

describe('quantiles', () => {
  it('equal numpy.quantile', () => {
    expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], 0.25)).toBeCloseTo(1.75, 12);
    expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], 0.9)).toBeCloseTo(6.9, 12);
    expect(quantile([7], 0.3)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantileSorted([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 0.75)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
  it('rise with q and stay among the values', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (all, p, q) => {
        const [low, high] = [quantile(all, Math.min(p, q)), quantile(all, Math.max(p, q))];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...all));
        expect(high).toBeLessThanOrEqual(Math.max(...all));
      }),
    );
  });
});

describe('argsort', () => {
  it('orders places by value, equal ones by place', () => {
    expect([...argsort([3, 1, 2, 1, -0, 0])]).toEqual([4, 5, 1, 3, 2, 0]);
    expect([...argsort([])]).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 })), (values) => {
        const places = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
        expect([...argsort(values)]).toEqual(places);
      }),
    );
  });
});

describe('average precision', () => {
  it('equals average_precision_score', () => {
    expect(averagePrecision(sample.a, sample.labels)).toBeCloseTo(0.7944444444, 9);
    expect(averagePrecision([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 1])).toBeCloseTo(0.5, 12);
    expect(averagePrecision([3, 2, 1], [1, 1, 0])).toBe(1);
    expect(averagePrecision([1, 2], [0, 0])).toBeNaN();
  });
});

describe('round12', () => {
  it('keeps 12 digits at any size', () => {
    expect(round12(0.1 + 0.2)).toBe(0.3);
    expect(round12(123456789.1234567)).toBe(123456789.123);
    expect(round12(1.23456789012345e-300)).toBe(1.23456789012e-300);
    expect(Object.is(round12(-0), 0)).toBe(true);
    expect(round12(Number.NaN)).toBeNaN();
    expect(round12(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });
});
