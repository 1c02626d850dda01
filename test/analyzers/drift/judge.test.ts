import type { Histogram } from '../../../src/derived/psi/histogram.js';
import { describe, expect, it } from 'vitest';
import { equalDepthEdges } from '../../../src/derived/psi/edges.js';
import { judge, psiOf } from '../../../src/derived/psi/judge.js';
import { createRandom } from '../../../src/core/random.js';

const random = createRandom(19).fork('judge');
const rule = { q: 0.01, margin: 0.02 };

/** About normal: twelve uniform draws. */
function normal(name: string, n: number, shift: number): Float64Array {
  const draws = Array.from({ length: 12 }, (_, j) => random.fork(`${name}/${j}`));
  return Float64Array.from({ length: n }, (_, i) => draws.reduce((sum, d) => sum + d.at(i), shift - 6));
}

function numeric(reference: Float64Array, current: Float64Array): Histogram {
  const edges = equalDepthEdges(reference)!;
  const bin = (value: number): number => edges.filter((edge) => edge < value).length;
  const count = (values: Float64Array): number[] => {
    const counts = edges.concat(0).map(() => 0);
    for (const value of values) counts[bin(value)]! += 1;
    return counts;
  };
  const [r, c] = [count(reference), count(current)];
  const column = { id: 'c0', name: 'x', type: 'DOUBLE' };
  const bins = r.map((n, i) => ({ kind: 'range' as const, label: String(i), reference: n, current: c[i]! }));
  return { column, cut: { column, edges }, bins };
}

/** Ids of Zipf frequency; those with fewer than 20 reference rows pooled. */
function ids(name: string, n: number): Histogram {
  const weights = Array.from({ length: 1000 }, (_, i) => (i + 1) ** -0.8);
  const total = weights.reduce((a, b) => a + b, 0);
  const sides = [0, 1].map((side) => {
    const counts = weights.map(() => 0);
    const draw = random.fork(`${name}/${side}`);
    for (let i = 0; i < n; i++) {
      let left = draw.at(i) * total;
      let id = 0;
      while (id < 999 && (left -= weights[id]!) > 0) id++;
      counts[id]! += 1;
    }
    return counts;
  });
  const [r, c] = [sides[0]!, sides[1]!];
  const own = r.flatMap((count, id) => (count >= 20 ? [id] : []));
  const pooled = (counts: number[]): number => counts.reduce((sum, x, id) => sum + (r[id]! < 20 ? x : 0), 0);
  const column = { id: 'c0', name: 'x', type: 'VARCHAR' };
  const bins = own.map((id) => ({ kind: 'level' as const, label: String(id), reference: r[id]!, current: c[id]! }));
  return {
    column,
    cut: null,
    bins: [...bins, { kind: 'rare', label: 'rare', reference: pooled(r), current: pooled(c) }],
  };
}

function alarms(histograms: readonly Histogram[]): number {
  // One column a family, as in the published table: no correction helps.
  return histograms.filter((h) => judge([[h, psiOf(h)]], rule)[0]!.alarm).length;
}

/** Share of alarms at a shift of `d` standard deviations. */
function power(n: number, d: number, repetitions: number): number {
  const drawn = times(repetitions).map((i) => numeric(normal(`p${n}/${i}`, n, 0), normal(`q${n}/${i}`, n, d)));
  return alarms(drawn) / repetitions;
}

function times(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

describe('the alarm', () => {
  it.each([100, 1000, 10_000])('is false at most once in 100 comparisons of %s numbers a side', (n) => {
    const repetitions = n > 5000 ? 40 : 200;
    const drawn = times(repetitions).map((i) => numeric(normal(`a${n}/${i}`, n, 0), normal(`b${n}/${i}`, n, 0)));
    expect(alarms(drawn)).toBeLessThanOrEqual(repetitions / 100);
  });

  it.each([100, 1000, 10_000])('is false at most once in 100 comparisons of %s ids a side', (n) => {
    const repetitions = n > 5000 ? 20 : 100;
    expect(alarms(times(repetitions).map((i) => ids(`ids${n}/${i}`, n)))).toBeLessThanOrEqual(repetitions / 100);
  });

  it('sees a shift of .3 sd in 1,000 rows and of .2 sd in 10,000 at least 95 times in 100', () => {
    expect(power(1000, 0.3, 100)).toBeGreaterThanOrEqual(0.95);
    expect(power(10_000, 0.2, 20)).toBeGreaterThanOrEqual(0.95);
  });

  it('is silent about a shift below the margin, however many rows there are', () => {
    const h = numeric(normal('r', 60_000, 0), normal('s', 60_000, 0.06));
    const [judged] = judge([[h, psiOf(h)]], rule);
    expect(judged!.p).toBeLessThan(1e-6);
    expect(judged!.alarm).toBe(false);
  });
});

describe('edges', () => {
  it('cut a column of many values into bins of equal depth', () => {
    const edges = equalDepthEdges(Float64Array.from(times(1001)))!;
    expect(edges).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });
  it('are fewer where many values are equal, and none where there are few values', () => {
    const half = Float64Array.from(times(1000), (i) => (i < 500 ? 0 : i));
    expect(equalDepthEdges(half)!.length).toBeLessThan(9);
    expect(equalDepthEdges(Float64Array.from([1, 2, 3, Number.NaN]))).toBeNull();
    expect(equalDepthEdges(new Float64Array())).toBeNull();
  });
});
