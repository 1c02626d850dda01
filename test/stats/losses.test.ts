import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationInfluence } from '../../src/stats/calibration.js';
import { loglossInfluence, neInfluence } from '../../src/stats/logloss.js';
import { sumByUnit } from '../../src/stats/cluster.js';
import { sample } from './sample.js';

const { a, labels } = sample;

const rows = fc
  .array(
    fc.record({
      p: fc.double({ min: 0, max: 1, noNaN: true }),
      label: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .filter((all) => new Set(all.map((r) => r.label)).size === 2 && all.some((r) => r.p > 0.01))
  .map((all) => ({ p: all.map((r) => r.p), labels: all.map((r) => r.label), weights: all.map((r) => r.weight) }));

describe('losses', () => {
  it('equal the reference', () => {
    expect(loglossInfluence(a, labels, null, 0.01).value).toBeCloseTo(0.51014256, 8);
    expect(neInfluence(a, labels, null, 0.01).value).toBeCloseTo(0.75110073, 8);
    expect(calibrationInfluence(a, labels).value).toBeCloseTo(1.24, 12);
  });
  it('keep a wrong certainty finite and count it', () => {
    const loss = loglossInfluence([0, 1, 0.5], [1, 0, 1]);
    expect(loss.clipped).toBe(2);
    expect(loss.value).toBeLessThan(10);
  });
  it('have influence that sums to 0, weights being repetitions', () => {
    fc.assert(
      fc.property(rows, ({ p, labels, weights }) => {
        const source = weights.flatMap((w, i) => Array.from({ length: w }, () => i));
        for (const metric of [loglossInfluence, neInfluence, calibrationInfluence]) {
          const weighted = metric(p, labels, weights);
          const repeated = metric(
            source.map((i) => p[i]!),
            source.map((i) => labels[i]!),
          );
          const scale = Math.max(1, weighted.value);
          expect(weighted.influence.reduce((x, y) => x + y, 0) / scale).toBeCloseTo(0, 9);
          expect(weighted.value / scale).toBeCloseTo(repeated.value / scale, 9);
          sumByUnit(repeated.influence, source, p.length).forEach((phi, i) =>
            expect(weighted.influence[i]! / scale).toBeCloseTo(phi / scale, 9),
          );
        }
      }),
    );
  });
  it('have the influence of a jackknife: leaving a row out moves the value by about -phi', () => {
    const many = Array.from({ length: 400 }, (_, i) => i);
    const p = many.map((i) => 0.05 + (0.9 * ((i * 37) % 100)) / 100);
    const y = many.map((i) => ((i * 61) % 100 < 30 ? 1 : 0));
    const ne = neInfluence(p, y);
    for (const leave of [0, 17, 333]) {
      const kept = many.filter((i) => i !== leave);
      const moved =
        neInfluence(
          kept.map((i) => p[i]!),
          kept.map((i) => y[i]!),
        ).value - ne.value;
      expect(moved).toBeCloseTo(-ne.influence[leave]!, 4);
    }
  });
});
