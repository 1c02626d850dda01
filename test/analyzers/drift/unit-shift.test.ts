import type { Moments } from '../../../analyzers/drift/detect/unit-shift.js';
import { describe, expect, it } from 'vitest';
import { nearestFactor } from '../../../src/stats/known-factors.js';
import { unitShift } from '../../../analyzers/drift/detect/unit-shift.js';

/** Buckets of `n` rows whose logarithms have the given means and a spread of 1. */
function series(means: readonly number[], n = 200, sd = 1): Moments[] {
  return means.map((mean, bucket) => ({ bucket, n, sum: n * mean, squares: n * (mean * mean + sd * sd) }));
}

const [hundred, thousand] = [Math.log(100), Math.log(1000)];
/** Day-to-day noise of a mean of 200 rows. */
const noise = [0.05, -0.06, 0.02, 0.07, -0.04, -0.02, 0.06, 0];
const honest = noise.map((e) => 3 + e);

describe('a shift of unit', () => {
  it('is found where it begins, up or down', () => {
    const up = honest.map((mean, i) => (i >= 5 ? mean + hundred : mean));
    expect(unitShift(series(up))).toMatchObject({ factor: 100, bucket: 5 });
    const down = honest.map((mean, i) => (i >= 2 ? mean - thousand : mean));
    expect(unitShift(series(down))).toMatchObject({ factor: 1 / 1000, bucket: 2 });
  });
  it('is found when it begins inside a bucket', () => {
    const mixed = honest.map((mean, i) => (i > 4 ? mean + hundred : i === 4 ? mean + hundred / 2 : mean));
    const buckets = series(mixed).map((m) =>
      m.bucket === 4 ? { ...m, squares: m.squares + m.n * (hundred / 2) ** 2 } : m,
    );
    expect(unitShift(buckets)).toMatchObject({ factor: 100, bucket: 4 });
  });
  it.each([
    ['there is none', series(honest)],
    ['values double', series(honest.map((mean, i) => (i >= 4 ? mean + Math.log(2) : mean)))],
    ['values grow day by day', series(honest.map((mean, i) => mean + i))],
    ['a row counter grows, in few rows of a slice', counted()],
    ['the unit comes back', series(honest.map((mean, i) => (i >= 3 && i < 6 ? mean + hundred : mean)))],
    ['half of the rows change', series(honest, 4000).map((m) => halved(m))],
    [
      'there are few rows',
      series(
        honest.map((mean, i) => (i >= 5 ? mean + hundred : mean)),
        3,
      ),
    ],
    ['there is one bucket', series([3])],
    ['there is nothing', []],
  ])('is not found where %s', (_, buckets) => {
    expect(unitShift(buckets)).toBeNull();
  });
  it('is called by the usual name where rows are too few to tell', () => {
    expect(nearestFactor(Math.log(1015), 0.1, 0.02)).toBe(1000);
    expect(nearestFactor(Math.log(1024), 0.1, 0.0001)).toBe(1024);
    expect(nearestFactor(Math.log(30), 0.1, 0.01)).toBeNull();
  });
});

/** From bucket 4 on half of the rows are 10,000 times as large, so that the mean moves by log(100). */
function halved(m: Moments): Moments {
  if (m.bucket < 4) return m;
  const mean = m.sum / m.n + hundred;
  return { ...m, sum: m.n * mean, squares: m.n * (mean * mean + 1 + hundred * hundred) };
}

/** Row numbers 1 to 3,300 over 33 days, of which a slice has eight a day: ten times as large on most days as on the first ones. */
function counted(): Moments[] {
  return Array.from({ length: 33 }, (_, bucket) => {
    const logs = Array.from({ length: 8 }, (_, i) => Math.log(100 * bucket + 12 * i + 5));
    const [sum, squares] = [1, 2].map((power) => logs.reduce((total, log) => total + log ** power, 0));
    return { bucket, n: 8, sum: sum!, squares: squares! };
  });
}
