import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Measured } from '../../src/ablation/effect/judge.js';
import type { Paired } from '../../src/ablation/effect/paired.js';
import { effectLimits, effectSentence, effectWord } from '../../reports/sentences.js';
import { auc } from '../../reports/format.js';
import { judge } from '../../src/ablation/effect/judge.js';

/** Any difference that may be judged: an estimate, a standard error and degrees of freedom. */
const difference = fc
  .record({
    t: fc.double({ min: -6, max: 6, noNaN: true }),
    se: fc.double({ min: 1e-5, max: 0.05, noNaN: true }),
    df: fc.double({ min: 2, max: 500, noNaN: true }),
  })
  .map(({ t, se, df }): Paired => {
    const variance = se * se;
    const parts = { testVariance: variance, seedVariance: 0, byUnit: new Float64Array(0) };
    return { estimate: t * se, differences: [], ...parts, variance, df, effectiveUnits: 100, seeds: 5 };
  });

const family = fc.record({
  kind: fc.constantFrom('gain', 'sensitivity', 'cost'),
  differences: fc.array(difference, { minLength: 1, maxLength: 12 }),
  budget: fc.double({ min: 1e-5, max: 0.05, noNaN: true }),
});

function measured(kind: Measured['kind'], differences: readonly Paired[]): readonly Measured[] {
  return differences.map((d, i) => ({
    kind,
    defect: 'd',
    arm: `a${i}`,
    title: 'a repair',
    metric: 'auc',
    units: 1,
    rows: 1,
    on: 'evaluation',
    estimand: 'thisTrainingSet',
    model: 'm',
    difference: d,
  }));
}

const near = (x: number, bar: number): boolean => Math.abs(x - bar) < 1e-7;

describe('verdict, interval, bound, MDE and sentence', () => {
  it('agree on every family of effects', () => {
    fc.assert(
      fc.property(family, ({ kind, differences }) => {
        for (const e of judge(measured(kind, differences)).effects) {
          expect(e.low).toBeLessThanOrEqual(e.lower95);
          expect(e.lower95).toBeLessThanOrEqual(e.effect);
          expect(e.effect).toBeLessThanOrEqual(e.upper95);
          expect(e.upper95).toBeLessThanOrEqual(e.high);
          expect(near(e.p, 0.05) || e.p < 0.05 === (e.low > 0 || e.high < 0)).toBe(true);
          expect(e.pAdjusted).toBeGreaterThanOrEqual(e.p);
          const resolved = e.verdict !== 'not-resolved';
          expect(resolved).toBe(e.pAdjusted <= 0.05);
          expect(!resolved || near(e.p, 0.05) || e.low > 0 || e.high < 0).toBe(true);
          const direction = e.effect > 0 === (kind === 'gain') ? 'helps' : 'costs';
          expect(e.verdict).toBe(resolved ? direction : 'not-resolved');
          // Alone in its family, an effect as large as the MDE is resolved.
          expect(differences.length > 1 || Math.abs(e.effect) < e.mde || resolved).toBe(true);
          expect(e.mde).toBeGreaterThan((e.high - e.low) / 2);
        }
      }),
    );
  });

  it('say the same in words', () => {
    fc.assert(
      fc.property(family, ({ kind, differences }) => {
        for (const e of judge(measured(kind, differences)).effects) {
          const sentence = effectSentence(e);
          const open = e.verdict === 'not-resolved';
          expect(sentence.includes('not resolved')).toBe(open);
          expect(/no effect|no difference/.test(sentence)).toBe(false);
          const bound = [`below ${auc(e.upper95)} with 95% confidence`, `under ${auc(e.mde)} could not be seen`];
          const word = e.verdict === 'helps' ? 'gains' : kind === 'gain' ? 'hurts' : 'costs';
          for (const said of open ? bound : [effectLimits(e), word]) expect(sentence).toContain(said);
          expect(effectLimits(e)).toContain(auc(open ? e.upper95 : e.high));
          expect(effectWord(e) === 'not resolved').toBe(open);
        }
      }),
    );
  });

  it('and a budget: breach, within and equivalent exclude each other where they must', () => {
    fc.assert(
      fc.property(family, ({ differences, budget }) => {
        for (const e of judge(measured('cost', differences), budget).effects) {
          const { answer } = e.budget!;
          expect(answer === 'breach').toBe(e.lower95 > budget);
          const sentence = effectSentence(e);
          if (e.verdict === 'helps') continue; // damage that helps has no cost to speak of
          expect(sentence.includes('above the budget')).toBe(answer === 'breach');
          expect(sentence.includes('within the budget')).toBe(answer === 'within' || answer === 'equivalent');
          expect(sentence.includes('affordable') && e.verdict !== 'costs').toBe(false);
          expect(answer === 'within' || answer === 'equivalent').toBe(e.upper95 < budget);
          expect(answer === 'equivalent').toBe(e.upper95 < budget && e.lower95 > -budget);
          expect(answer === 'unknown' && e.high < budget).toBe(false);
        }
      }),
    );
  });

  it('are the same whichever way a gain is turned into a cost', () => {
    fc.assert(
      fc.property(difference, (d) => {
        const [gain] = judge(measured('gain', [d])).effects;
        const [cost] = judge(measured('cost', [{ ...d, estimate: -d.estimate }])).effects;
        expect(cost!.verdict).toBe(gain!.verdict);
        expect(cost!.low).toBeCloseTo(-gain!.high, 12);
        expect(gain!.budget).toBeUndefined();
      }),
    );
  });
});
