import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm } from '../../src/stats/correction.js';

const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205];
const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

function near(ours: readonly number[], theirs: readonly number[]): boolean {
  return ours.length === theirs.length && ours.every((value, i) => Math.abs(value - theirs[i]!) < 5e-7);
}

describe('corrections', () => {
  it('equal the reference', () => {
    expect(near(holm(p), [0.008, 0.056, 0.234, 0.234, 0.234, 0.234, 0.234, 0.234])).toBe(true);
    expect(near(benjaminiHochberg(p), [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.084571, 0.205])).toBe(true);
    expect(near(holm([...p].reverse()), [...holm(p)].reverse())).toBe(true);
  });
  it('keep the order of p-values, never lower one, never pass 1, and Holm is the stricter', () => {
    fc.assert(
      fc.property(family, (raw) => {
        const [strict, lenient] = [holm(raw), benjaminiHochberg(raw)];
        raw.forEach((value, i) => {
          expect(lenient[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
          expect(strict[i]).toBeGreaterThanOrEqual(lenient[i]! * (1 - 1e-12));
          expect(strict[i]).toBeLessThanOrEqual(1);
          const above = raw.flatMap((other, j) => (value <= other ? [j] : []));
          expect(above.every((j) => strict[i]! <= strict[j]! && lenient[i]! <= lenient[j]!)).toBe(true);
        });
      }),
    );
  });
  it('leave an empty family empty', () => {
    expect([holm([]), benjaminiHochberg([])]).toEqual([[], []]);
  });
});
