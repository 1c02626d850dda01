import type { Cell } from '../../../analyzers/label-noise/hot-stretches.js';
import { describe, expect, it } from 'vitest';
import { hotStretches } from '../../../analyzers/label-noise/hot-stretches.js';
import { createRandom } from '../../../src/core/random.js';

const options = { z: 6, zNext: 3, ratio: 1.25 };
const values = ['a', 'b', 'c', 'd', 'e', 'f'];

/** 60 days of six values, 50 positives expected in each cell; `factor` is what happens to a cell. */
function cells(factor: (value: number, day: number) => number): readonly Cell[] {
  return values.flatMap((name, value) =>
    Array.from({ length: 60 }, (_, day) => {
      const positives = Math.round(50 * factor(value, day));
      return { cut: 0, values: [name, null] as const, bucket: day, rows: 500, positives, expected: 50, variance: 45 };
    }),
  );
}

/** Of the quartiles that 50 positives drawn one by one have. */
const random = createRandom(5).fork('cells');
const chance = (value: number, day: number): number => 1 + 0.181 * (2 * random.at(100 * value + day) - 1);

const storms = (value: number, day: number): number => Math.exp(4 * (chance(value, day) - 1));

describe('hot stretches', () => {
  it('are cells far above what the model expects', () => {
    const planted = cells((value, day) => (value === 2 && day >= 20 && day < 23 ? 2.6 : chance(value, day)));
    expect(hotStretches(planted, options)).toMatchObject([{ values: ['c', null], buckets: [20, 22] }]);
    expect(hotStretches(planted, options)[0]!.stray).toBeLessThan(1.3);
  });

  it('are not hidden by their neighbours, which look cold beside them', () => {
    const planted = cells((value, day) => (value === 2 && day >= 10 && day < 30 ? 3 : chance(value, day)));
    const few = planted.filter(({ values: [name] }) => name! < 'e');
    expect(hotStretches(few, options)).toMatchObject([{ values: ['c', null], buckets: [10, 29] }]);
    expect(hotStretches(few, options)[0]!.stray).toBeLessThan(1.3);
  });

  it('are none where any value has its good and bad days', () => {
    expect(hotStretches(cells(storms), options)).toEqual([]);
    const worse = cells((value, day) => (value === 4 && day === 30 ? 6 : storms(value, day)));
    expect(hotStretches(worse, options)).toMatchObject([{ values: ['e', null], buckets: [30, 30] }]);
  });
});
