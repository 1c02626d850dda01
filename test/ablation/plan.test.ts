import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrialPlan } from '../../src/ablation/plan/trial-plan.js';
import { makePlan } from '../../src/ablation/plan/make-plan.js';
import { planText } from '../../src/ablation/plan/plan-text.js';
import { parseTrialPlan } from '../../src/ablation/plan/trial-plan.js';

const demo = { rows: { train: 160_000, evaluation: 41_500 }, repairs: 9, chain: true, sensitivities: 5, curves: 4 };
const pace = { budget: 120, secondsPerTraining: 0.4, rounds: 60 };

const at = (budget: number): TrialPlan => makePlan(demo, { ...pace, budget });

describe('makePlan', () => {
  it('is a pure function that a file gives back', () => {
    const plan = makePlan(demo, pace);
    expect(makePlan(demo, pace)).toEqual(plan);
    expect(parseTrialPlan(JSON.stringify(plan), 'plan.json')).toEqual(plan);
  });

  it('leaves nothing out where there is time, and buys pairs with the rest', () => {
    const plan = makePlan(demo, { ...pace, budget: 600 });
    expect(plan).toMatchObject({
      rows: { train: null },
      doses: [0.02, 0.05, 0.1, 0.15, 0.2],
      keep: null,
      quick: false,
      leftOut: [],
    });
    expect(plan.seeds.gains.most).toBeGreaterThan(8);
  });

  it('gives way in order: points, then seeds, then curves, then sensitivities', () => {
    expect(at(80).doses.length).toBeLessThan(5);
    expect(at(80).seeds.gains.most).toBeGreaterThanOrEqual(5);
    expect(at(80).quick).toBe(false);
    expect(at(30).quick).toBe(true);
    expect(at(30).leftOut.some((s) => s.startsWith('Quick'))).toBe(true);
    expect(at(40).keep).not.toBeNull();
    expect(at(16).sensitivities).toBe(true);
    expect(at(1).curves).toBe(0);
  });

  it('samples rows of large data first, by the budget', () => {
    const plan = makePlan(
      { ...demo, rows: { train: 3_000_000, evaluation: 600_000 } },
      { ...pace, secondsPerTraining: 8 },
    );
    expect(plan.rows.train).toBeGreaterThanOrEqual(150_000);
    expect(plan.rows.train).toBeLessThan(400_000);
    expect(plan.rows.evaluation).toBe(250_000);
    expect(plan.doses.length).toBe(5);
  });

  it('keeps to the budget wherever it can, and to 3 seeds always', () => {
    const count = fc.integer({ min: 0, max: 20 });
    const work = fc.record({
      rows: fc.record({ train: fc.integer({ min: 100, max: 5e6 }), evaluation: fc.integer({ min: 100, max: 1e6 }) }),
      repairs: count,
      chain: fc.boolean(),
      sensitivities: count,
      curves: count,
    });
    const any = fc.record({
      budget: fc.double({ min: 1, max: 3600, noNaN: true }),
      secondsPerTraining: fc.double({ min: 0.001, max: 100, noNaN: true }),
      rounds: fc.integer({ min: 5, max: 500 }),
    });
    fc.assert(
      fc.property(work, any, (w, p) => {
        const plan = makePlan(w, p);
        expect(parseTrialPlan(JSON.stringify(plan), 'p')).toEqual(plan);
        const { gains, sensitivities, curves, proof } = plan.seeds;
        expect(Math.min(gains.start, sensitivities, curves, proof)).toBeGreaterThanOrEqual(3);
        expect(gains.most).toBeGreaterThanOrEqual(gains.start);
        expect(gains.start >= 5 || plan.quick).toBe(true);
        const share = (plan.rows.train ?? w.rows.train) / w.rows.train;
        const cost = plan.trainings * p.secondsPerTraining * share;
        const smallest = !plan.sensitivities && plan.curves === 0;
        expect(smallest || cost <= p.budget * 1.001).toBe(true);
      }),
    );
  });
});

describe('parseTrialPlan', () => {
  const plan = makePlan(demo, pace);
  it.each([
    ['no JSON', '{'],
    ['another version', JSON.stringify({ ...plan, version: 2 })],
    ['one seed', JSON.stringify({ ...plan, seeds: { ...plan.seeds, curves: 1 } })],
    ['a dose above 1', JSON.stringify({ ...plan, doses: [2] })],
    ['a stray key', JSON.stringify({ ...plan, more: true })],
  ])('refuses %s', (_, text) => {
    expect(() => parseTrialPlan(text, 'plan.json')).toThrow(/plan\.json/);
  });
});

describe('planText', () => {
  it('says what is done with how many pairs, what it takes, and what is left out', () => {
    const text = planText(at(30));
    expect(text).toContain('30 s; at most');
    expect(text).toMatch(/Gains +3 to \d+ pairs each/);
    expect(text).toContain('Left out       Quick');
    for (const plan of [at(1), at(30), at(600)]) {
      expect(
        planText(plan)
          .split('\n')
          .every((line) => line.length < 160),
      ).toBe(true);
      const [, seconds] = /about (\d+) s/.exec(planText(plan))!;
      expect(Number(seconds)).toBeLessThanOrEqual(
        Math.max(Math.ceil(plan.budget), Math.ceil(plan.trainings * plan.secondsPerTraining)),
      );
    }
  });
});
