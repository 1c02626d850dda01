import { describe, expect, it } from 'vitest';
import type { Dosed } from '../../src/ablation/curve/dose-response.js';
import { cholesky, costCovariance } from '../../src/ablation/curve/covariance.js';
import { createRandom } from '../../src/core/random.js';
import { doseResponse } from '../../src/ablation/curve/dose-response.js';
import { normalQuantile } from '../../src/stats/distributions.js';
import { paired } from '../../src/ablation/effect/paired.js';
import { refinement, toleranceOf } from '../../src/ablation/curve/tolerance.js';
import { slopeAtZero } from '../../src/ablation/curve/slope.js';

/** Costs of a concave truth with unit noise and seed luck that grow with the dose and are shared by the doses. */
function dosed(doses: readonly number[], name: string, noise = 0.002, units = 200, seeds = 4): Dosed[] {
  const random = createRandom(3).fork(name);
  const normal = (key: number): number => normalQuantile(Math.max(random.at(key), 1e-12));
  return doses.map((dose, i) => {
    const scale = (noise * Math.sqrt(dose / 0.1)) / Math.sqrt(units);
    const q = Float64Array.from(
      { length: units },
      (_, k) => scale * (0.8 * normal(k) + 0.6 * normal((i + 1) * 1000 + k)),
    );
    const moved = q.reduce((sum, x) => sum + x, 0);
    const none = { value: 0, byUnit: new Float64Array(units) };
    const trials = Array.from({ length: seeds }, (_, r) => {
      const luck = noise * 0.5 * (normal(9e5 + r) + normal(8e5 + r * 10 + i)) * Math.sqrt(dose / 0.1);
      return { value: truth(dose) + moved + luck, byUnit: q };
    });
    return {
      dose,
      cost: paired(
        trials,
        trials.map(() => none),
      ),
    };
  });
}
const truth = (dose: number): number => 0.15 * dose - 0.1 * dose * dose;
const doses = [0.02, 0.05, 0.1, 0.15, 0.2];

describe('covariance', () => {
  it('has the variances of the effects on its diagonal, and its factor gives it back', () => {
    const all = dosed(doses, 'cov').map((d) => d.cost);
    const c = costCovariance(all);
    all.forEach((cost, i) => expect(c.values[i * 5 + i]!).toBeCloseTo(cost.variance, 15));
    const { values: l } = cholesky(c);
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        let sum = 0;
        for (let k = 0; k < 5; k++) sum += l[i * 5 + k]! * l[j * 5 + k]!;
        expect(Math.abs(sum - c.values[i * 5 + j]!)).toBeLessThan(1e-8 * c.values[24]!);
      }
    }
  });
  it('survives a singular matrix', () => {
    const { values } = cholesky({ size: 2, values: Float64Array.of(1, 1, 1, 1) });
    expect([...values].every(Number.isFinite)).toBe(true);
    expect([...cholesky({ size: 2, values: new Float64Array(4) }).values]).toEqual([0, 0, 0, 0]);
  });
});

describe('doseResponse', () => {
  it('is monotone, starts at 0, lies in its band, and repeats itself', () => {
    for (let i = 0; i < 20; i++) {
      const data = dosed(doses, `mono ${i}`, 0.01);
      const curve = doseResponse(data, 0.002, createRandom(1));
      expect(curve.points[0]).toEqual({ dose: 0, cost: 0, low: 0, high: 0 });
      curve.points.forEach((point, j) => {
        expect(point.low).toBeLessThanOrEqual(point.high);
        const before = curve.points[j - 1];
        if (before === undefined) return;
        for (const key of ['cost', 'low', 'high'] as const) expect(point[key]).toBeGreaterThanOrEqual(before[key]);
      });
      expect(doseResponse(data, 0.002, createRandom(1))).toEqual(curve);
    }
  });

  it('covers the truth at each dose, and its tolerance keeps the promise', () => {
    let covered = 0;
    let safe = 0;
    const runs = 200;
    for (let i = 0; i < runs; i++) {
      const { points, tolerance } = doseResponse(dosed(doses, `band ${i}`), 0.008, createRandom(i));
      covered += points.slice(1).filter((p) => p.low <= truth(p.dose) && truth(p.dose) <= p.high).length;
      if (tolerance.relation === 'below' || truth(tolerance.dose) <= 0.008) safe += 1;
    }
    expect(covered / (5 * runs)).toBeGreaterThan(0.9);
    expect(safe / runs).toBeGreaterThan(0.93);
  });

  it('finds the slope of a curve without noise', () => {
    const costs = doses.map(truth);
    const flat = { size: 5, values: Float64Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1e-12 : 0)) };
    expect(slopeAtZero(doses, costs, flat, 4).value).toBeCloseTo(0.15, 9);
    expect(slopeAtZero([0.1], [0.02], { size: 1, values: Float64Array.of(1e-6) }, 4).value).toBeCloseTo(0.2, 12);
  });
});

describe('tolerance', () => {
  it('names measured doses only', () => {
    expect(toleranceOf(doses, [0.001, 0.0015, 0.003, 0.004, 0.005], 0.002)).toEqual({
      budget: 0.002,
      dose: 0.05,
      relation: 'up-to',
    });
    expect(toleranceOf(doses, [0.003, 0.004, 0.005, 0.006, 0.007], 0.002)).toEqual({
      budget: 0.002,
      dose: 0.02,
      relation: 'below',
    });
    expect(toleranceOf(doses, [0, 0, 0, 0.001, 0.002], 0.002)).toEqual({
      budget: 0.002,
      dose: 0.2,
      relation: 'at-least',
    });
  });
  it('is refined between what holds and what breaks', () => {
    expect(refinement(doses, { budget: 0.002, dose: 0.05, relation: 'up-to' })).toBeCloseTo(0.075, 12);
    expect(refinement(doses, { budget: 0.002, dose: 0.02, relation: 'below' })).toBeCloseTo(0.01, 12);
    expect(refinement(doses, { budget: 0.002, dose: 0.2, relation: 'at-least' })).toBeNull();
  });
});
