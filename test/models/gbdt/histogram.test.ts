import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedPoint } from '../../../src/models/gbdt/fixed-point.js';
import { buildHistogram, subtractHistogram } from '../../../src/models/gbdt/histogram.js';
import { columnEntries, layoutOf, type Layout } from '../../../src/models/gbdt/layout.js';
import { logLossGradients, roundGradients } from '../../../src/models/gbdt/loss.js';
import { createMatrix, gather, type Matrix } from '../../../src/models/gbdt/matrix.js';
import {
  boundsOf,
  canSplit,
  describeSplit,
  findCandidate,
  totals,
  type Split,
  type SplitRules,
} from '../../../src/models/gbdt/splitting.js';
import { generate } from '../generated.js';

const rows = 500;

function setUp(columns: number, seed: number, weights = false) {
  const { frame, base } = generate({ train: rows, test: 0, columns, bins: 12, weights }, seed);
  const layout = layoutOf(frame, []);
  const matrix = createMatrix(rows, layout);
  gather(matrix, frame, base.columns, layout, base.rows, 0, rows);
  const gradients = new Float64Array(2 * rows);
  const weight = weights ? Float64Array.from(frame.weight!) : null;
  const hessians = logLossGradients(gradients, new Float64Array(rows).fill(-1), base.label, weight);
  const scale = fixedPoint(rows, weight === null ? rows : weight.reduce((a, b) => a + b), hessians);
  const real = gradients.slice();
  roundGradients(gradients, scale);
  return { layout, matrix, gradients, scale, real };
}

/** The same sums by a plain loop over rows, columns and BigInt. */
function reference(layout: Layout, matrix: Matrix, gradients: Float64Array, index: readonly number[]): bigint[] {
  const out = Array.from({ length: layout.size }, () => 0n);
  for (const row of index) {
    for (let c = 0; c < layout.columns.length; c++) {
      const at = c * columnEntries + 2 * matrix.bytes[row * layout.stride + c]!;
      out[at]! += BigInt(gradients[2 * row]!);
      out[at + 1]! += BigInt(gradients[2 * row + 1]!);
    }
  }
  return out;
}

const subset = fc.array(fc.boolean(), { minLength: rows, maxLength: rows });
const picked = (mask: readonly boolean[], value: boolean): number[] => mask.flatMap((m, i) => (m === value ? [i] : []));
/** Entries of the bins in use; the others mean nothing. */
const inUse = <T>(entries: ArrayLike<T>, layout: Layout): T[] =>
  Array.from(layout.columns.keys()).flatMap((c) =>
    Array.from({ length: 2 * (layout.bins[c]! + 1) }, (_, i) => entries[c * columnEntries + i]!),
  );

describe('histograms', () => {
  it.each([1, 3, 4, 5, 8, 9, 12, 13, 20])('add up exactly what a plain loop adds up, for %i columns', (columns) => {
    const { layout, matrix, gradients } = setUp(columns, columns);
    fc.assert(
      fc.property(subset, (mask) => {
        const index = picked(mask, true);
        const histogram = new Float64Array(layout.size).fill(7);
        buildHistogram(histogram, layout, matrix, gradients, Int32Array.from(index), 0, index.length);
        expect(inUse(histogram, layout).map(BigInt)).toEqual(
          inUse(reference(layout, matrix, gradients, index), layout),
        );
      }),
      { numRuns: 5 },
    );
  });

  it('do not depend on the order of rows, and the difference to a child is the other child', () => {
    const { layout, matrix, gradients } = setUp(7, 3, true);
    const build = (index: readonly number[]): Float64Array => {
      const histogram = new Float64Array(layout.size);
      buildHistogram(histogram, layout, matrix, gradients, Int32Array.from(index), 0, index.length);
      return histogram;
    };
    fc.assert(
      fc.property(subset, (mask) => {
        const [left, right] = [picked(mask, true), picked(mask, false)];
        const parent = build([...right.toReversed(), ...left]);
        expect(parent).toEqual(build([...mask.keys()]));
        subtractHistogram(parent, build(left), layout);
        expect(inUse(parent, layout)).toEqual(inUse(build(right), layout));
      }),
      { numRuns: 20 },
    );
  });

  it('count rows and sum gradients and hessians to the precision of their units', () => {
    const { layout, matrix, gradients, scale, real } = setUp(5, 4, true);
    const histogram = new Float64Array(layout.size);
    buildHistogram(
      histogram,
      layout,
      matrix,
      gradients,
      Int32Array.from({ length: rows }, (_, i) => i),
      0,
      rows,
    );
    const sums = totals(histogram, layout, scale);
    expect(sums.rows).toBe(rows);
    const sum = (first: number): number => real.reduce((s, v, i) => (i % 2 === first ? s + v : s), 0);
    expect(Math.abs(sums.gradient - sum(0))).toBeLessThanOrEqual((0.5 * rows) / scale.gradient);
    expect(Math.abs(sums.hessian - sum(1))).toBeLessThanOrEqual((0.5 * rows) / scale.hessian);
  });
});

describe('fixedPoint', () => {
  it('leaves room for every sum below 2^53, for any rows and weights', () => {
    const size = fc.record({
      rows: fc.integer({ min: 1, max: 2 ** 26 - 1 }),
      mean: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      share: fc.double({ min: 1e-9, max: 0.25, noNaN: true }),
    });
    fc.assert(
      fc.property(size, ({ rows: n, mean, share }) => {
        const weight = n * mean;
        const { gradient, hessian, unit } = fixedPoint(n, weight, share * weight);
        expect(weight * gradient + n / 2).toBeLessThanOrEqual(2 ** 52);
        expect(share * weight * hessian + n / 2).toBeLessThan(unit / 2);
        expect(n * unit + unit).toBeLessThanOrEqual(2 ** 53);
        for (const power of [gradient, hessian, unit]) expect(Number.isInteger(Math.log2(power))).toBe(true);
      }),
    );
  });

  it.each([
    [0, 1],
    [10, 0],
    [10, Infinity],
    [10, Number.NaN],
    [2 ** 26, 1],
  ])('refuses %i rows of weight %d', (n, weight) => {
    expect(() => fixedPoint(n, weight, 1)).toThrow(/add up to/);
  });
});

describe('findCandidate', () => {
  const rules: SplitRules = { minLeafRows: 20, l2: 1, minGain: 0 };

  function findSplit(set: ReturnType<typeof setUp>, histogram: Float64Array): Split {
    const { layout, scale } = set;
    const leaf = totals(histogram, layout, scale);
    const best = findCandidate(histogram, layout, boundsOf(scale, leaf, rules))!;
    return describeSplit(best, histogram, layout, scale, leaf, rules);
  }

  /** All splits of all columns, each summed over its rows anew; the first of the best ones. */
  function bruteForce(set: ReturnType<typeof setUp>, index: readonly number[]): Omit<Split, 'left' | 'right'> | null {
    const { layout, matrix, gradients, scale } = set;
    const sums = (list: readonly number[]) => {
      const g = list.reduce((s, i) => s + gradients[2 * i]!, 0) / scale.gradient;
      const h = list.reduce((s, i) => s + (gradients[2 * i + 1]! - scale.unit), 0) / scale.hessian;
      return { g, h, score: (g * g) / (h + rules.l2) };
    };
    const parent = sums(index).score;
    let best: Omit<Split, 'left' | 'right'> | null = null;
    for (const column of layout.columns.keys()) {
      const bins = layout.bins[column]!;
      for (const missingLeft of [false, true]) {
        for (let bin = 0; bin < bins; bin++) {
          const goes = (row: number): boolean => {
            const b = matrix.bytes[row * layout.stride + column]!;
            return b === bins ? missingLeft : b <= bin;
          };
          const left = index.filter(goes);
          const right = index.filter((row) => !goes(row));
          if (Math.min(left.length, right.length) < rules.minLeafRows) continue;
          const gain = sums(left).score + sums(right).score - parent;
          if (gain > (best?.gain ?? 0) + 1e-12) best = { gain, column, bin, missingLeft };
        }
      }
    }
    return best;
  }

  it.each([1, 2, 3, 4, 5, 6])('finds what trying every split finds (set %i)', (seed) => {
    const set = setUp(6, seed);
    const index = Array.from({ length: rows }, (_, i) => i).filter((i) => i % (seed + 1) !== 0);
    const histogram = new Float64Array(set.layout.size);
    buildHistogram(histogram, set.layout, set.matrix, set.gradients, Int32Array.from(index), 0, index.length);
    const found = findSplit(set, histogram);
    const expected = bruteForce(set, index)!;
    expect({ column: found.column, bin: found.bin, missingLeft: found.missingLeft }).toEqual({
      column: expected.column,
      bin: expected.bin,
      missingLeft: expected.missingLeft,
    });
    expect(found.gain).toBeCloseTo(expected.gain, 9);
    expect(found.left.rows + found.right.rows).toBe(index.length);
  });

  it('takes the first of equal columns and the lowest of equal bins', () => {
    const { frame, base } = generate({ train: rows, test: 0, columns: 3, bins: 12, missing: 0 }, 1);
    // Columns 1 and 2 repeat column 0; bins 4 to 8 are emptied, so that cuts among them are equal.
    for (let row = 0; row < rows; row++) {
      const bin = frame.bins[row * frame.stride]!;
      for (let c = 0; c < 3; c++) frame.bins[row * frame.stride + c] = bin > 3 && bin < 9 ? 9 : bin;
      base.label[row] = bin > 3 ? 1 : 0;
    }
    const layout = layoutOf(frame, []);
    const matrix = createMatrix(rows, layout);
    gather(matrix, frame, base.columns, layout, base.rows, 0, rows);
    const gradients = new Float64Array(2 * rows);
    const scale = fixedPoint(rows, rows, logLossGradients(gradients, new Float64Array(rows), base.label, null));
    roundGradients(gradients, scale);
    const histogram = new Float64Array(layout.size);
    buildHistogram(histogram, layout, matrix, gradients, base.rows, 0, rows);
    const split = findSplit({ layout, matrix, gradients, scale, real: gradients }, histogram);
    expect([split.column, split.bin]).toEqual([0, 3]);
    // Nothing is missing here, so a missing value goes to the larger side.
    expect(split.missingLeft).toBe(split.left.rows >= split.right.rows);
  });

  it('finds nothing where no side can have enough rows', () => {
    const { layout, matrix, gradients, scale } = setUp(4, 2);
    const histogram = new Float64Array(layout.size);
    buildHistogram(
      histogram,
      layout,
      matrix,
      gradients,
      Int32Array.from({ length: 39 }, (_, i) => i),
      0,
      39,
    );
    const bounds = boundsOf(scale, totals(histogram, layout, scale), rules);
    expect(findCandidate(histogram, layout, bounds)).toBeNull();
    expect(canSplit(39, rules)).toBe(false);
  });
});
