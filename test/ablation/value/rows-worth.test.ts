import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValuePoint } from '../../../src/core/worth.js';
import { rowsWorth } from '../../../src/ablation/value/rows-worth.js';
import { spread } from '../../../src/ablation/value/reduction.js';
import { withinBudget } from '../../../src/ablation/value/value-curve.js';

function point(kept: number, cost: number, half = 0.001): ValuePoint {
  const limits = { cost, low: cost - half, high: cost + half, upper95: cost + 0.84 * half };
  return { kept, share: kept / 1000, work: kept / 1000, auc: 0.7 - cost, ...limits };
}

function exactly(value: number): { value: number; low: number; high: number } {
  return { value, low: value, high: value };
}

const rows = { total: 1000, points: [point(900, 0.001), point(500, 0.005), point(100, 0.021)] };

describe('what an effect is worth in rows', () => {
  it.each([
    [0, 0, 'about'],
    [0.0005, 50, 'about'],
    [0.001, 100, 'about'],
    [0.003, 300, 'about'],
    [0.021, 900, 'about'],
  ])('reads %f between measured points', (amount, expected, relation) => {
    expect(rowsWorth(exactly(amount), rows)).toMatchObject({ rows: expected, relation });
  });

  it('takes the limits of the effect and of the costs against one another', () => {
    // Costs .002 .006 .022 at most and 0 .004 .020 at least: .003 is reached between 100 and 500 lost, .007 between 500 and 900.
    const amount = { value: 0.005, low: 0.003, high: 0.007 };
    expect(rowsWorth(amount, rows)).toEqual({ rows: 500, relation: 'about', low: 200, high: 575 });
    expect(rowsWorth({ ...amount, high: 0.0201 }, rows).high).toBeNull();
  });

  it('never goes beyond the largest loss that was measured', () => {
    expect(rowsWorth(exactly(0.0211), rows)).toMatchObject({ rows: 900, relation: 'more-than', high: null });
  });

  it('grows with the effect, whatever the costs look like', () => {
    const cost = fc.double({ min: -0.02, max: 0.05, noNaN: true });
    const amount = fc.double({ min: 0, max: 0.06, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(cost, cost, cost), amount, amount, ([a, b, c], x, y) => {
        const curve = { total: 1000, points: [point(900, a), point(500, b), point(100, c)] };
        const [less, more] = [Math.min(x, y), Math.max(x, y)].map((v) => rowsWorth(exactly(v), curve).rows);
        expect(less!).toBeLessThanOrEqual(more!);
        expect(more!).toBeLessThanOrEqual(900);
      }),
    );
  });
});

describe('how far the training set may shrink', () => {
  it('stops at the first reduction that may break the budget, though a later one does not', () => {
    const points = [point(900, 0, 0.0005), point(500, 0.001, 0.001), point(100, 0, 0.0001)];
    expect(withinBudget(points, 0.001)).toEqual({ budget: 0.001, kept: 900, relation: 'down-to' });
  });

  it('says none where the first breaks it, and the fewest tried where none does', () => {
    expect(withinBudget([point(900, 0.01)], 0.001)).toMatchObject({ relation: 'none', kept: 900 });
    expect(withinBudget([point(900, -0.01), point(100, -0.01)], 0.001)).toMatchObject({
      relation: 'at-most',
      kept: 100,
    });
  });

  it('spreads few points over all of them, the last one among them', () => {
    expect(spread([1, 2, 3, 4, 5], 2)).toEqual([3, 5]);
    expect(spread([1, 2, 3, 4, 5], 1)).toEqual([5]);
    expect(spread([1, 2], 9)).toEqual([1, 2]);
  });
});
