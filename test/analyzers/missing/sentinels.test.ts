import { describe, expect, it } from 'vitest';
import { isFar, isOutside } from '../../../analyzers/missing/detect/sentinels.js';

const bulk = (low: number, high: number, distinct = 100): { low: number; high: number; distinct: number } => ({
  low,
  high,
  distinct,
});

/** Whether a value in `cells` of 1,000 cells stands for null beside others from `low` to `high`. */
function stands(value: number, cells: number, low: number, high: number, distinct = 100): boolean {
  const others = { cells: 1000 - cells, low, high };
  return isOutside(value, cells, others) && isFar(value, others, bulk(low, high, distinct));
}

describe('numbers in disguise', () => {
  it.each([
    ['-1 beside days since the last call', -1, 820, 1, 871],
    ['-999 beside temperatures', -999, 20, -30, 45],
    ['0 beside ages', 0, 30, 18, 95],
    ['9999 beside counts', 9999, 12, 0, 80],
  ])('sees %s', (_, value, cells, low, high) => {
    expect(stands(value, cells, low, high)).toBe(true);
  });

  it.each([
    ['0 of an amount that starts near 0', 0, 100, 0.001, 1.3],
    ['0 of a column that is mostly 0', 0, 700, 20, 90],
    ['-1 among other negatives', -1, 30, -700, 900],
    ['99 as a cap', 99, 50, 0, 98],
    ['999 among prices', 999, 50, 1, 4000],
  ])('is quiet about %s', (_, value, cells, low, high) => {
    expect(stands(value, cells, low, high)).toBe(false);
  });

  it('is quiet about a count, most of whose values are small', () => {
    const nights = { cells: 910, low: 1, high: 50 };
    expect(isFar(0, nights, bulk(1, 9, 25))).toBe(false);
    expect(isFar(0, { ...nights, low: 2 }, bulk(2, 9, 25))).toBe(true);
    expect(isFar(0, { ...nights, low: 1 }, bulk(1, 9, 600))).toBe(true);
  });

  it('is quiet about codes', () => {
    expect(stands(-1, 300, 0, 1, 2)).toBe(false);
  });
});
