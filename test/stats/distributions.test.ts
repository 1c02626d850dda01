import { describe, expect, it } from 'vitest';
import * as d from '../../src/stats/distributions.js';
import { minimumDetectableEffect } from '../../src/stats/mde.js';
import { resampledT } from '../../src/stats/resampled-t.js';
import { satterthwaite } from '../../src/stats/satterthwaite.js';
import { shapleyValues } from '../../src/stats/shapley.js';

/** [ours, SciPy 1.17] */
const known: readonly (readonly [string, number, number])[] = [
  ['t', d.tQuantile(0.975, 46.052632), 2.012834],
  ['t, many df', d.tQuantile(0.975, Number.POSITIVE_INFINITY), 1.959963984540054],
  ['t, one df', d.tQuantile(0.8, 1), 1.3763819204711734],
  ['t cdf', d.tCdf(-3, 5), 0.015049623948731284],
  ['t tail', d.tTwoSided(2.672612, 9), 0.025513],
  ['normal', d.normalQuantile(0.95), 1.6448536269514722],
  ['normal far', d.normalQuantile(1e-9), -5.9978070150076865],
  ['normal tail', d.normalTwoSided(0.939336), 0.347558],
  ['chi-square tail', d.chiSquareTail(0.067037 / 0.02, 3), 0.340491],
  ['chi-square quantile', d.chiSquareQuantile(0.999, 9), 27.877164871256568],
  ['beta', d.betaQuantile(0.025, 3, 98), 0.006229971538354533],
  ['beta cdf', d.betaCdf(0.004976114451627411, 5001, 1e6), 0.5018663810703963],
  ['binomial', d.binomialCdf(30200, 1e6, 0.03), 0.880003433231799],
];

describe('distributions', () => {
  it.each(known)('%s agrees with SciPy to 1e-6', (_, ours, theirs) => {
    expect(Math.abs(ours - theirs)).toBeLessThan(1e-6);
  });
  it('gives the acceptance limits of a coverage of .95 and of a false-alarm rate of .05', () => {
    const limits = [400, 1000, 2000].map((n) => [
      d.binomialQuantile(0.005, n, 0.95),
      d.binomialQuantile(0.995, n, 0.95),
      d.binomialQuantile(0.99, n, 0.05),
    ]);
    expect(limits).toEqual([
      [368, 390, 31],
      [931, 967, 67],
      [1874, 1924, 123],
    ]);
  });
  it('settles the edges', () => {
    expect(d.normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(d.tQuantile(1, 5)).toBe(Number.POSITIVE_INFINITY);
    expect(d.tQuantile(0.5, 5)).toBe(0);
    expect(d.tCdf(Number.POSITIVE_INFINITY, 5)).toBe(1);
    expect(d.tQuantile(1.5, 5)).toBeNaN();
    expect(d.chiSquareTail(0, 3)).toBe(1);
    expect(d.chiSquareTail(1e6, 3)).toBe(0);
    expect(d.betaQuantile(1, 2, 3)).toBe(1);
    expect(d.binomialCdf(-1, 5, 0.5)).toBe(0);
    expect(d.binomialCdf(5, 5, 0.5)).toBe(1);
  });
  it('gives a skewed sum its longer tail: exactly for an exponential variable, closely for a count of rare marks', () => {
    // One exponential variable has skewness 2; it exceeds 1 + z with chance exp(-1 - z).
    for (const z of [0, 1, 4, 9]) expect(d.skewedTail(z, 2)).toBeCloseTo(Math.exp(-1 - z), 9);
    for (const z of [-1, 0, 2]) expect(d.skewedTail(z, 0)).toBeCloseTo(1 - d.normalCdf(z), 9);
    const [n, p] = [30, 0.02];
    const sd = Math.sqrt(n * p * (1 - p));
    for (const k of [3, 5, 7]) {
      const exact = 1 - d.binomialCdf(k - 1, n, p);
      const ours = d.skewedTail((k - n * p) / sd, (1 - 2 * p) / sd);
      // Farther out it errs to the careful side.
      expect([ours < (k === 7 ? 5 : 3) * exact, ours > (k === 7 ? 1 : 1 / 3) * exact]).toEqual([true, true]);
      // The normal tail is ever shorter: a chance in five hundred thousand becomes none at all.
      expect(1 - d.normalCdf((k - n * p) / sd)).toBeLessThan(exact / 20);
    }
  });
  it('inverts its own functions', () => {
    for (const p of [0.01, 0.2, 0.5, 0.9, 0.999]) {
      expect(d.tCdf(d.tQuantile(p, 7.3), 7.3)).toBeCloseTo(p, 6);
      expect(d.normalCdf(d.normalQuantile(p))).toBeCloseTo(p, 9);
      expect(1 - d.chiSquareTail(d.chiSquareQuantile(p, 4), 4)).toBeCloseTo(p, 9);
      expect(d.betaCdf(d.betaQuantile(p, 3, 9), 3, 9)).toBeCloseTo(p, 6);
    }
  });
});

describe('what is built on them', () => {
  it('Satterthwaite equals the reference', () => {
    const sum = satterthwaite([
      { variance: 4e-7, df: 40 },
      { variance: 1e-7, df: 7 },
    ]);
    expect(sum.variance).toBeCloseTo(5e-7, 15);
    expect(sum.df).toBeCloseTo(46.052632, 6);
    expect(d.tQuantile(0.975, sum.df)).toBeCloseTo(2.012834, 5);
    expect(satterthwaite([{ variance: 0, df: 3 }]).df).toBe(Number.POSITIVE_INFINITY);
  });
  it('the smallest effect seen is about 2.8 standard errors', () => {
    expect(minimumDetectableEffect({ variance: 1e-6, df: 1e9 })).toBeCloseTo(0.0028016, 6);
    expect(minimumDetectableEffect({ variance: 1e-6, df: 5 })).toBeGreaterThan(0.003);
  });
  it('Nadeau-Bengio equals the reference', () => {
    const t = resampledT([0.003, 0.001, 0.004, 0.002, 0, 0.003, 0.005, 0.001, 0.002, 0.004], 0.25);
    expect(t.mean).toBeCloseTo(0.0025, 12);
    expect(t.se).toBeCloseTo(0.0009354143, 10);
    expect(t.mean / t.se).toBeCloseTo(2.672612, 6);
    expect(t.p).toBeCloseTo(0.025513, 6);
    expect(t.low).toBeCloseTo(0.000384, 6);
    expect(t.high).toBeCloseTo(0.004616, 6);
  });
  it('Shapley values equal the reference and share out the whole', () => {
    const worth = [0, 0.004, 0.001, 0.004, 0, 0.006, 0.002, 0.007];
    const values = shapleyValues(3, (mask) => worth[mask]!);
    [0.0045, 0.001, 0.0015].forEach((value, j) => expect(values[j]).toBeCloseTo(value, 12));
    expect(values.reduce((x, y) => x + y, 0)).toBeCloseTo(0.007, 12);
  });
});
