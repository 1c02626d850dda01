import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, sigmoid } from '../../../src/models/gbdt/exponential.js';
import { logarithm } from '../../../src/models/gbdt/logarithm.js';
import { numericBin, numericEdges } from '../../../src/models/frame/numeric-edges.js';
import { levelBinning } from '../../../src/models/frame/level-bins.js';
import { partition } from '../../../src/models/gbdt/partition.js';

describe('exponential', () => {
  it('is within four units in the last place of Math.exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
      }),
      { numRuns: 2000 },
    );
  });
  it('is exact at 0, saturates at the ends, and makes a symmetric sigmoid', () => {
    expect(exponential(0)).toBe(1);
    expect(exponential(-800)).toBe(0);
    expect(exponential(800)).toBe(Infinity);
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(-1000)).toBe(0);
    expect(sigmoid(1000)).toBe(1);
    expect(sigmoid(2) + sigmoid(-2)).toBeCloseTo(1, 15);
  });
});

describe('logarithm', () => {
  it('is close to Math.log', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(2e-15 * Math.max(1, Math.abs(Math.log(x))));
      }),
      { numRuns: 2000 },
    );
    expect(logarithm(1)).toBe(0);
  });
});

describe('numericEdges', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true })), {
    minLength: 1,
    maxLength: 600,
  });

  it('gives few distinct values a bin each, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 250 }), (list) => {
        const edges = numericEdges(Float64Array.from(list));
        const distinct = [...new Set(list)].sort((a, b) => a - b);
        expect(distinct.map((v) => numericBin(edges, v))).toEqual([...distinct.keys()]);
      }),
    );
  });
  it('ascends strictly, stays below 255 edges, and bins as counting edges does', () => {
    fc.assert(
      fc.property(values, (list) => {
        const edges = numericEdges(Float64Array.from(list));
        expect(edges.length).toBeLessThan(255);
        for (let i = 1; i < edges.length; i++) expect(edges[i]! > edges[i - 1]!).toBe(true);
        for (const v of list) expect(numericBin(edges, v)).toBe(edges.filter((edge) => edge < v).length);
      }),
    );
  });
  it('separates neighbouring doubles and infinities', () => {
    const edges = numericEdges(Float64Array.of(1, 1 + Number.EPSILON, -Infinity, Infinity));
    const bins = [-Infinity, 1, 1 + Number.EPSILON, Infinity].map((v) => numericBin(edges, v));
    expect(bins).toEqual([0, 1, 2, 3]);
  });
  it('fills quantile bins about equally', () => {
    const list = Float64Array.from({ length: 51_000 }, (_, i) => (i * 7919) % 51_001);
    const edges = numericEdges(list);
    const rows = new Float64Array(edges.length + 1);
    for (const v of list) rows[numericBin(edges, v)]! += 1;
    expect(edges.length).toBe(254);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(1);
  });
});

const counts = (n: number, rows: (rank: number) => number) =>
  Array.from({ length: n }, (_, rank) => ({ level: `l${rank}`, rows: rows(rank) }));

describe('levelBinning', () => {
  it('gives up to 254 levels a bin each', () => {
    const { bins, codes } = levelBinning(counts(254, () => 3));
    expect([...bins]).toEqual([...Array(254).keys()]);
    expect(codes.get('l7')).toBe(7);
  });
  it('lets rare levels share bins by rank, the frequent ones alone', () => {
    const { bins } = levelBinning(counts(20_000, (rank) => Math.ceil(50_000 / (rank + 1))));
    const list = [...bins];
    expect(Math.max(...list)).toBe(253);
    expect(list.slice(0, 20)).toEqual([...Array(20).keys()]);
    const steps = new Set(list.slice(1).map((bin, i) => bin - list[i]!));
    expect(steps).toEqual(new Set([0, 1]));
  });
});

describe('partition', () => {
  it('divides rows by a set of bins and keeps both sides in order', () => {
    const run = fc.record({
      bins: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }),
      left: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
    });
    fc.assert(
      fc.property(run, ({ bins, left }) => {
        const index = Int32Array.from(bins.keys());
        const goLeft = new Uint8Array(256);
        left.forEach((goes, bin) => (goLeft[bin] = goes ? 1 : 0));
        const middle = partition(
          index,
          new Int32Array(bins.length),
          0,
          bins.length,
          Uint8Array.from(bins),
          1,
          0,
          goLeft,
        );
        const rows = [...bins.keys()];
        const expected = [...rows.filter((row) => left[bins[row]!]), ...rows.filter((row) => !left[bins[row]!])];
        expect([...index]).toEqual(expected);
        expect(middle).toBe(bins.filter((bin) => left[bin]).length);
      }),
    );
  });
});
