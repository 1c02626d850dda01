import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binnedIcc, designEffect } from '../../src/stats/design-effect.js';
import { createRandom } from '../../src/core/random.js';
import { psi } from '../../src/stats/psi.js';

const counts = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 })), {
  maxLength: 12,
});

describe('PSI', () => {
  it('equals the reference', () => {
    const result = psi([40, 30, 20, 10], [50, 30, 15, 5]);
    expect(result.psi).toBeCloseTo(0.067037, 8);
    expect(result.bias).toBeCloseTo(0.06, 12);
    expect(result.excess).toBeCloseTo(0.007037, 8);
    expect(result.p).toBeCloseTo(0.340491, 6);
  });
  it('is symmetric, at least 0, 0 for equal shares, and blind to the order of bins and to bins nobody is in', () => {
    fc.assert(
      fc.property(counts, (pairs) => {
        const [x, y] = [pairs.map((c) => c[0]), pairs.map((c) => c[1])];
        const there = psi(x, y);
        expect(there.psi).toBeGreaterThanOrEqual(0);
        expect(psi(y, x).psi).toBeCloseTo(there.psi, 10);
        expect(psi(y, x).lower).toBeCloseTo(there.lower, 10);
        expect(psi([...x].reverse(), [...y].reverse()).psi).toBeCloseTo(there.psi, 10);
        expect(psi([0, ...x, 0], [0, ...y, 0])).toEqual(there);
        expect(psi(x, x).psi).toBe(0);
        expect(there.lower).toBeLessThanOrEqual(there.excess);
      }),
    );
  });
  it('has nothing to say about one bin or an empty side', () => {
    expect(psi([10], [20])).toMatchObject({ psi: 0, p: 1, excess: 0 });
    expect(psi([10, 5], [0, 0])).toMatchObject({ psi: 0, p: 1, excess: 0 });
  });
  it('keeps its promises without drift: mean is the bias, p is uniform, the limit does not pass the margin', () => {
    const random = createRandom(3).fork('psi');
    const draws = simulate(400, 1000, 10, random.at.bind(random));
    const mean = draws.reduce((sum, d) => sum + d.psi, 0) / draws.length;
    expect(mean).toBeCloseTo(0.018, 2.5);
    expect(draws.filter((d) => d.p < 0.05).length).toBeLessThanOrEqual(33);
    expect(draws.filter((d) => d.p < 0.05).length).toBeGreaterThanOrEqual(8);
    expect(draws.filter((d) => d.lower > 0.02).length).toBe(0);
  });
  it('asks more of rows that repeat', () => {
    const once = psi([400, 600], [300, 700]);
    const fifty = psi([400, 600], [300, 700], { reference: 50, current: 50 });
    expect(fifty.psi).toBe(once.psi);
    expect(fifty.p).toBeGreaterThan(0.3);
    expect(once.p).toBeLessThan(1e-4);
  });
});

describe('design effect', () => {
  it('follows the size-weighted mean', () => {
    expect(designEffect({ rows: 100, squares: 100 }, 1)).toBe(1);
    expect(designEffect({ rows: 100, squares: 1000 }, 0.5)).toBe(5.5);
    expect(designEffect({ rows: 0, squares: 0 }, 0.5)).toBe(1);
  });
  it('knows a column that is the user from one that is the row', () => {
    const random = createRandom(5).fork('icc');
    const unit = Array.from({ length: 5000 }, (_, i) => i % 500);
    expect(
      binnedIcc(
        unit,
        unit.map((u) => Math.floor(random.at(u) * 4)),
        4,
      ),
    ).toBeCloseTo(1, 6);
    expect(
      binnedIcc(
        unit,
        unit.map((_, i) => Math.floor(random.at(i) * 4)),
        4,
      ),
    ).toBeLessThan(0.02);
    const half = unit.map((u, i) => Math.floor(random.at(random.at(i + 9e6) < Math.SQRT1_2 ? u : i + 1e6) * 4));
    expect(binnedIcc(unit, half, 4)).toBeCloseTo(0.5, 1);
    expect(binnedIcc([0, 1, 2], [0, 1, 0], 2)).toBe(0);
  });
});

function simulate(times: number, rows: number, bins: number, at: (key: number) => number): ReturnType<typeof psi>[] {
  return Array.from({ length: times }, (_, t) => {
    const sides = [0, 1].map((side) => {
      const count = Array.from({ length: bins }, () => 0);
      for (let i = 0; i < rows; i++) count[Math.floor(at((t * 2 + side) * rows + i) * bins)]! += 1;
      return count;
    });
    return psi(sides[0]!, sides[1]!);
  });
}
