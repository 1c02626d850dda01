import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, aucInfluence } from '../../src/stats/auc.js';
import { aucOfBins } from '../../src/stats/auc-of-bins.js';
import { clusterVariance, renumberUnits, sumByUnit } from '../../src/stats/cluster.js';
import { gauc, mixedUsers } from '../../src/stats/gauc.js';
import { midranks } from '../../src/stats/midranks.js';
import { normalTwoSided } from '../../src/stats/distributions.js';
import { twoWayVariance } from '../../src/stats/two-way.js';
import { sample } from './sample.js';
import { aucByPairs, deLong, obuchowski, placements } from './textbook-auc.js';

const { a, b, labels, user, item, weights } = sample;

/** Rows with both classes: few distinct scores, so that ties are common. */
const rows = fc
  .array(
    fc.record({
      score: fc.integer({ min: -5, max: 5 }),
      label: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .filter((all) => new Set(all.map((r) => r.label)).size === 2)
  .map((all) => ({
    scores: all.map((r) => r.score / 4),
    labels: all.map((r) => r.label),
    weights: all.map((r) => r.weight),
  }));

function near(ours: readonly number[], theirs: readonly number[]): boolean {
  return ours.length === theirs.length && ours.every((value, i) => Math.abs(value - theirs[i]!) < 5e-7);
}

function squares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

describe('midranks', () => {
  it('equals scipy.stats.rankdata', () => {
    expect([...midranks(a)]).toEqual([12, 11, 9.5, 4.5, 7.5, 6, 3, 4.5, 2, 9.5, 1, 7.5]);
  });
  it('refuses NaN, and takes 0 and -0 as equal', () => {
    expect(() => midranks([1, Number.NaN])).toThrow(RangeError);
    expect([...midranks([0, -0, 1])]).toEqual([1.5, 1.5, 3]);
  });
});

describe('AUC', () => {
  it('equals roc_auc_score, with and without weights', () => {
    expect(auc(a, labels)).toBeCloseTo(0.8428571429, 10);
    expect(auc(b, labels)).toBeCloseTo(0.7714285714, 10);
    expect(auc(a, labels, weights)).toBeCloseTo(0.8819444444, 10);
    expect(aucInfluence(a, labels, weights).value).toBeCloseTo(0.8819444444, 10);
  });
  it('has the placements of the reference', () => {
    const { positive, negative } = placements(a, labels);
    expect(near(positive, [1, 1, 0.928571, 0.5, 0.785714])).toBe(true);
    expect(near(negative, [0.8, 1, 0.9, 1, 0.5, 1, 0.7])).toBe(true);
    const { value, influence } = aucInfluence(a, labels);
    const [ten, one] = [influence.subarray(0, 5), influence.subarray(5)];
    expect(
      near(
        Array.from(ten, (phi) => 5 * phi + value),
        positive,
      ),
    ).toBe(true);
    expect(
      near(
        Array.from(one, (phi) => 7 * phi + value),
        negative,
      ),
    ).toBe(true);
  });
  it('is NaN where a class is absent', () => {
    expect(auc([1, 2], [1, 1])).toBeNaN();
    expect(aucInfluence([1, 2], [0, 0]).value).toBeNaN();
  });
  it('equals the count over all pairs', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels, weights }) => {
        expect(auc(scores, labels, weights)).toBeCloseTo(aucByPairs(scores, labels, weights), 12);
        expect(aucInfluence(scores, labels, weights).value).toBeCloseTo(auc(scores, labels, weights), 12);
      }),
    );
  });
  it('does not change under increasing transforms, and mirrors under a change of sign', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels, weights }) => {
        const value = auc(scores, labels, weights);
        expect(
          auc(
            scores.map((s) => Math.exp(3 * s) - 7),
            labels,
            weights,
          ),
        ).toBe(value);
        expect(
          auc(
            scores.map((s) => -s),
            labels,
            weights,
          ),
        ).toBeCloseTo(1 - value, 12);
      }),
    );
  });
  it('has influence that sums to 0', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels, weights }) => {
        const { influence } = aucInfluence(scores, labels, weights);
        expect(influence.reduce((x, y) => x + y, 0)).toBeCloseTo(0, 12);
      }),
    );
  });
  it('takes a weight as repetition', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels, weights }) => {
        const source = weights.flatMap((w, i) => Array.from({ length: w }, () => i));
        const repeated = aucInfluence(
          source.map((i) => scores[i]!),
          source.map((i) => labels[i]!),
        );
        const weighted = aucInfluence(scores, labels, weights);
        expect(weighted.value).toBeCloseTo(repeated.value, 12);
        sumByUnit(repeated.influence, source, scores.length).forEach((phi, i) =>
          expect(weighted.influence[i]).toBeCloseTo(phi, 12),
        );
      }),
    );
  });
  it('of bins is exact for the binned score and within its error for the raw one', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels }) => {
        const bin = scores.map((s) => Math.floor(s));
        const count = (label: number): number[] =>
          Array.from({ length: 4 }, (_, b) => bin.filter((v, i) => v === b - 2 && labels[i] === label).length);
        const binned = aucOfBins(count(1), count(0));
        expect(binned.value).toBeCloseTo(auc(bin, labels), 12);
        expect(Math.abs(binned.value - auc(scores, labels))).toBeLessThanOrEqual(binned.error + 1e-12);
      }),
    );
  });
});

describe('variance of an AUC difference', () => {
  const first = aucInfluence(a, labels).influence;
  const second = aucInfluence(b, labels).influence;
  const difference = first.map((phi, i) => phi - second[i]!);

  it('equals the reference by rows, users and both', () => {
    expect(clusterVariance(difference).variance).toBeCloseTo(0.0052160085, 10);
    expect(clusterVariance(sumByUnit(difference, user, 5)).variance).toBeCloseTo(0.0055497709, 10);
    const both = twoWayVariance(difference, { unit: user, units: 5 }, { unit: item, units: 3 });
    expect(both.variance).toBeCloseTo(0.0055497709, 10);
  });
  it('is that of DeLong up to n/(n-1)', () => {
    const textbook = deLong(a, b, labels);
    expect(textbook.difference).toBeCloseTo(0.0714285714, 10);
    expect(textbook.variance).toBeCloseTo(0.0057823129, 10);
    const z = textbook.difference / Math.sqrt(textbook.variance);
    expect(z).toBeCloseTo(0.939336, 6);
    expect(normalTwoSided(z)).toBeCloseTo(0.347558, 6);
    const rescaled = (5 / 4) * squares(difference.subarray(0, 5)) + (7 / 6) * squares(difference.subarray(5));
    expect(rescaled).toBeCloseTo(textbook.variance, 12);
  });
  it('is near that of Obuchowski, which corrects each class for itself', () => {
    expect(obuchowski(a, b, labels, user)).toBeCloseTo(0.0057538526, 10);
  });
  it('has at least one degree of freedom and none of units that are absent', () => {
    const sums = sumByUnit(difference, user, 8);
    expect(clusterVariance(sums, 5)).toEqual(clusterVariance(sums.subarray(0, 5)));
    expect(clusterVariance([1, 0, 0]).df).toBe(1);
    expect(clusterVariance([1, -1, 1, -1]).df).toBeCloseTo(3, 12);
    expect(clusterVariance([0, 0, 0])).toEqual({ variance: 0, df: 2 });
    expect(clusterVariance([1]).variance).toBeNaN();
    expect(clusterVariance([1e-90, -1e-90, 1e-90]).df).toBeCloseTo(2, 9);
  });
  it('does not depend on how units are numbered', () => {
    const { unit, units } = renumberUnits(user.map((u) => 90 - 7 * u));
    expect(units).toBe(5);
    expect(clusterVariance(sumByUnit(difference, unit, units)).variance).toBeCloseTo(0.0055497709, 10);
  });
});

describe('GAUC', () => {
  it('equals the reference and says what it left out', () => {
    const users = mixedUsers(labels, user, 5);
    const { value, influence } = gauc(a, labels, users);
    expect(value).toBeCloseTo(0.8, 10);
    expect([users.row.length, users.positives]).toEqual([10, 5]);
    expect([...users.unit]).toEqual([0, 1, 2, 3]);
    expect(influence.reduce((x, y) => x + y, 0)).toBeCloseTo(0, 12);
  });
  it('is the mean of the AUC of each user with both classes, weighted by rows', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 60, maxLength: 60 }), (all, drawn) => {
        const unit = all.labels.map((_, i) => drawn[i]!);
        const users = mixedUsers(all.labels, unit, 6);
        fc.pre(users.row.length > 0);
        let [sum, count] = [0, 0];
        for (let u = 0; u < 6; u++) {
          const own = unit.flatMap((v, i) => (v === u ? [i] : []));
          const value = aucByPairs(
            own.map((i) => all.scores[i]!),
            own.map((i) => all.labels[i]!),
          );
          if (Number.isNaN(value)) continue;
          sum += own.length * value;
          count += own.length;
        }
        expect(users.row.length).toBe(count);
        expect(gauc(all.scores, all.labels, users).value).toBeCloseTo(sum / count, 12);
      }),
    );
  });
});
