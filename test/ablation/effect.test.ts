import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measured } from '../../src/ablation/effect/judge.js';
import type { Paired } from '../../src/ablation/effect/paired.js';
import type { Summary } from '../../src/ablation/effect/summary.js';
import { createRandom } from '../../src/core/random.js';
import { judge } from '../../src/ablation/effect/judge.js';
import { limitsOf } from '../../src/ablation/effect/limits.js';
import { normalQuantile } from '../../src/stats/distributions.js';
import { normalised } from '../../src/ablation/effect/entropy.js';
import { paired } from '../../src/ablation/effect/paired.js';
import { tooFewRows, tooFewUnits } from '../../src/ablation/effect/floor.js';

/** Trials of two arms over the same units: unit influences shared by seeds, seed luck on the value. */
function trials(o: { effect: number; units: number; seeds: number; test: number; luck: number; random: string }): {
  first: Summary[];
  second: Summary[];
} {
  const random = createRandom(1).fork(o.random);
  const normal = (key: number): number => normalQuantile(Math.max(random.at(key), 1e-12));
  const influence = Float64Array.from({ length: o.units }, (_, k) => (o.test / Math.sqrt(o.units)) * normal(k));
  const shift = influence.reduce((sum, q) => sum + q, 0);
  const centred = influence.map((q) => q - shift / o.units);
  const zero = new Float64Array(o.units);
  const seeds = Array.from({ length: o.seeds }, (_, r) => r);
  return {
    first: seeds.map((r) => ({ value: 0.7 + o.effect + shift + o.luck * normal(1e6 + r), byUnit: centred })),
    second: seeds.map(() => ({ value: 0.7, byUnit: zero })),
  };
}

function measured(difference: Paired, over: Partial<Measured> = {}): Measured {
  return {
    kind: 'gain',
    defect: 'x',
    arm: 'a',
    title: 'a',
    metric: 'auc',
    estimand: 'thisTrainingSet',
    units: 1,
    rows: 1,
    on: 'evaluation',
    model: 'm',
    difference,
    ...over,
  };
}

const difference = (o: Partial<Parameters<typeof trials>[0]>): Paired => {
  const { first, second } = trials({ effect: 0, units: 300, seeds: 6, test: 0.002, luck: 0.001, random: 'd', ...o });
  return paired(first, second);
};

describe('paired', () => {
  it('averages the seeds and adds the two components', () => {
    const unit = Float64Array.of(0.1, -0.1, 0.05, -0.05);
    const zero = new Float64Array(4);
    const first = [0.75, 0.77].map((value) => ({ value, byUnit: unit }));
    const second = [0.74, 0.74].map((value) => ({ value, byUnit: zero }));
    const result = paired(first, second);
    expect(result.estimate).toBeCloseTo(0.02, 12);
    expect(result.testVariance).toBeCloseTo((4 / 3) * 0.025, 12);
    expect(result.seedVariance).toBeCloseTo(0.0002, 12);
    expect(result.variance).toBeCloseTo(result.testVariance + 0.0001, 12);
    expect(result.effectiveUnits).toBeCloseTo(0.025 ** 2 / (2 * 1e-4 + 2 * 6.25e-6), 9);
  });

  it('covers the truth about 95% of the time', () => {
    let hits = 0;
    for (let i = 0; i < 1000; i++) {
      const { low, high } = limitsOf(difference({ effect: 0.003, random: `cover ${i}` }));
      if (low <= 0.003 && 0.003 <= high) hits += 1;
    }
    expect(hits).toBeGreaterThanOrEqual(931);
    expect(hits).toBeLessThanOrEqual(970);
  });
});

describe('limits, p, MDE and verdict', () => {
  const spec = fc.record({
    effect: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
    test: fc.double({ min: 0.0002, max: 0.01, noNaN: true }),
    luck: fc.double({ min: 0, max: 0.01, noNaN: true }),
    seeds: fc.integer({ min: 2, max: 12 }),
    units: fc.integer({ min: 100, max: 400 }),
    random: fc.string(),
  });

  it('agree with one another', () => {
    fc.assert(
      fc.property(spec, (o) => {
        const d = difference(o);
        const l = limitsOf(d);
        expect(l.low).toBeLessThanOrEqual(l.lower95);
        expect(l.lower95).toBeLessThanOrEqual(d.estimate);
        expect(d.estimate).toBeLessThanOrEqual(l.upper95);
        expect(l.upper95).toBeLessThanOrEqual(l.high);
        expect(l.p < 0.05 === (l.low > 0 || l.high < 0) || Math.abs(l.p - 0.05) < 1e-6).toBe(true);
        expect(l.pAbove < 0.05 === l.lower95 > 0 || Math.abs(l.pAbove - 0.05) < 1e-6).toBe(true);
        expect(l.mde).toBeGreaterThan((l.high - l.low) / 2);
        expect(Math.abs(d.estimate) <= l.mde || l.p < 0.05).toBe(true);
      }),
    );
  });

  it('resolve only with the adjusted p, and then by sign and kind', () => {
    fc.assert(
      fc.property(
        fc.array(spec, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('gain', 'sensitivity', 'cost'),
        (all, kind) => {
          const { effects, unmeasured } = judge(all.map((o) => measured(difference(o), { kind })));
          expect(effects.length + unmeasured.length).toBe(all.length);
          for (const e of effects) {
            expect(e.pAdjusted).toBeGreaterThanOrEqual(e.p);
            expect(e.pAdjusted).toBeLessThanOrEqual(Math.min(1, e.p * effects.length) + 1e-12);
            const excludesNothing = e.low > 0 || e.high < 0;
            expect(e.verdict === 'not-resolved').toBe(e.pAdjusted > 0.05);
            expect(e.verdict === 'not-resolved' || excludesNothing).toBe(true);
            expect(e.verdict === 'helps').toBe(e.pAdjusted <= 0.05 && e.effect > 0 === (kind === 'gain'));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('judge', () => {
  it('adjusts within a kind and metric only', () => {
    const strong = difference({ effect: 0.02 });
    const weak = difference({ effect: 0.0045, random: 'weak' });
    const alone = judge([measured(weak)]).effects[0]!;
    const among = judge([measured(weak), measured(strong), measured(weak, { arm: 'b' })]).effects[0]!;
    const apart = judge([
      measured(weak),
      measured(strong, { kind: 'sensitivity' }),
      measured(strong, { metric: 'ne' }),
    ]);
    expect(alone.pAdjusted).toBe(alone.p);
    expect(among.pAdjusted).toBeCloseTo(2 * among.p, 12);
    expect(apart.effects[0]!.pAdjusted).toBe(alone.p);
  });

  it('says why a difference carries no interval, and leaves it out of the correction', () => {
    const same = difference({ test: 0, luck: 0, effect: 0 });
    const few = difference({ units: 10 });
    const fine = difference({ effect: 0.004 });
    const { effects, unmeasured } = judge([measured(same), measured(few), measured(fine)]);
    expect(unmeasured.map((u) => u.reason)).toEqual([
      expect.stringContaining('the same'),
      expect.stringContaining('at least 20'),
    ]);
    expect(effects).toHaveLength(1);
    expect(effects[0]!.pAdjusted).toBe(effects[0]!.p);
  });
});

describe('floors', () => {
  const rows = { on: 'inner' as const, positives: 50, units: 20, at: new Int32Array(1000) };
  it('stand at 50 of each class and 20 units', () => {
    expect(tooFewRows(rows)).toBeNull();
    expect(tooFewRows({ ...rows, positives: 49 })).toContain('49 positives');
    expect(tooFewRows({ ...rows, positives: 951 })).toContain('49 negatives');
    expect(tooFewRows({ ...rows, units: 19 })).toContain('19 sampling units');
  });
  it('ask for 20 effective units', () => {
    const d = difference({ units: 300 });
    expect(tooFewUnits({ ...d, effectiveUnits: 20 })).toBeNull();
    expect(tooFewUnits({ ...d, effectiveUnits: 19.9 })).not.toBeNull();
    expect(tooFewUnits({ ...d, effectiveUnits: Number.NaN })).not.toBeNull();
  });
});

describe('normalised', () => {
  it('is logloss in units of the entropy of the base rate, with the same p', () => {
    const d = difference({ effect: 0.003 });
    const ne = normalised(d, { label: Uint8Array.of(1, 0, 0, 0), weight: null });
    const entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
    expect(ne.estimate * entropy).toBeCloseTo(d.estimate, 12);
    expect(limitsOf(ne).p).toBeCloseTo(limitsOf(d).p, 10);
    expect(normalised(d, { label: Uint8Array.of(1, 0), weight: Float32Array.of(1, 3) }).estimate).toBeCloseTo(
      ne.estimate,
      12,
    );
  });
});
