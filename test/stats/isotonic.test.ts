import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isotonic } from '../../src/stats/isotonic.js';

const points = fc.array(
  fc.record({
    value: fc.double({ min: -10, max: 10, noNaN: true }),
    weight: fc.double({ min: 0.1, max: 5, noNaN: true }),
  }),
  { maxLength: 30 },
);

describe('isotonic regression', () => {
  it('equals the reference', () => {
    const fitted = isotonic([0, 0.004, 0.002, 0.006, 0.005, 0.009], [4, 1, 2, 1, 3, 1]);
    [0, 0.00266667, 0.00266667, 0.00525, 0.00525, 0.009].forEach((v, i) => expect(fitted[i]).toBeCloseTo(v, 8));
  });
  it('never falls, keeps the weighted mean, and fitting twice is fitting once', () => {
    fc.assert(
      fc.property(points, (all) => {
        const [values, weights] = [all.map((x) => x.value), all.map((x) => x.weight)];
        const fitted = isotonic(values, weights);
        for (let i = 1; i < fitted.length; i++) expect(fitted[i]).toBeGreaterThanOrEqual(fitted[i - 1]!);
        const total = (x: ArrayLike<number>): number => weights.reduce((sum, w, i) => sum + w * x[i]!, 0);
        expect(total(fitted)).toBeCloseTo(total(values), 8);
        expect([...isotonic(fitted, weights)]).toEqual([...fitted]);
      }),
    );
  });
  it('is at least as close as any other non-decreasing sequence', () => {
    fc.assert(
      fc.property(
        points,
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (all, steps) => {
          const [values, weights] = [all.map((x) => x.value), all.map((x) => x.weight)];
          let level = -10;
          const rival = values.map((_, i) => (level += steps[i]!));
          const loss = (x: ArrayLike<number>): number =>
            values.reduce((sum, v, i) => sum + weights[i]! * (v - x[i]!) ** 2, 0);
          expect(loss(isotonic(values, weights))).toBeLessThanOrEqual(loss(rival) + 1e-9);
        },
      ),
    );
  });
});
