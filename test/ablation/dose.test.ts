import { assert, double, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsAt } from '../../src/ablation/dose.js';

describe('units of a dose', () => {
  it('is the ceiling of the share, without one more for rounding', () => {
    expect(unitsAt(0.07, 100)).toBe(7);
    expect(unitsAt(0.05, 12_000)).toBe(600);
    expect(unitsAt(0.05, 11)).toBe(1);
    expect(Object.is(unitsAt(0, 0), 0)).toBe(true);
    expect(unitsAt(1, 9)).toBe(9);
  });

  it('grows with the dose and stays in range', () => {
    assert(
      property(
        double({ min: 0, max: 1, noNaN: true }),
        double({ min: 0, max: 1, noNaN: true }),
        nat(1e6),
        (a, b, n) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(unitsAt(low, n)).toBeLessThanOrEqual(unitsAt(high, n));
          expect(unitsAt(high, n)).toBeLessThanOrEqual(n);
        },
      ),
    );
  });
});
