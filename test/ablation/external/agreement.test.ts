import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/core/effect.js';
import type { OtherModel } from '../../../src/core/other-model.js';
import { agreementOf } from '../../../src/ablation/external/agreement.js';
import { agreementSentence, otherModelHeading } from '../../../reports/other-model-sentences.js';
import { leftOutOf, sharePlan } from '../../../src/ablation/external/share-plan.js';

function gain(arm: string, effect: number, half = 0.001): Effect {
  const verdict = Math.abs(effect) <= half ? 'not-resolved' : effect > 0 ? 'helps' : 'costs';
  // Only what is ranked; the rest of an effect has no part in it.
  return {
    kind: 'gain',
    metric: 'auc',
    defect: 'd',
    arm,
    title: arm,
    effect,
    low: effect - half,
    high: effect + half,
    verdict,
  } as Effect;
}

const model = (other: readonly Effect[]): OtherModel => ({
  name: 'mine',
  rows: 100,
  auc: null,
  effects: other,
  unmeasured: [],
  failed: null,
  leftOut: [],
  agreement: agreementOf([gain('a', 0.03), gain('b', 0.02)], other),
});

describe('the agreement of two models', () => {
  it('counts pairs in the same order and names those turned round beyond doubt', () => {
    const built = [gain('a', 0.03), gain('b', 0.02), gain('c', 0.01), gain('only', 1)];
    const other = [gain('c', 0.02), gain('b', 0.001, 0.1), gain('a', -0.01), gain('else', 1)];
    expect(agreementOf(built, other)).toEqual({
      repairs: 3,
      tau: -1,
      same: 0,
      pairs: 3,
      reversed: [{ first: 'a', second: 'c' }],
      opposed: ['a'],
    });
    expect(agreementOf(built, built)).toMatchObject({ tau: 1, same: 6, reversed: [], opposed: [] });
  });

  it('counts ties for neither side, and needs two repairs', () => {
    const built = [gain('a', 0.03), gain('b', 0.02)];
    expect(agreementOf(built, [gain('a', 0.01), gain('b', 0.01)])).toMatchObject({ tau: 0, same: 0, pairs: 1 });
    expect(agreementOf(built, [gain('a', 0.01)])).toBeNull();
  });
});

describe('the sentence of an agreement', () => {
  it('ranks nothing where the second model resolves no gain', () => {
    const blind = model([gain('a', 0.001, 0.1), gain('b', 0.002, 0.1)]);
    expect(blind.agreement!.tau).toBe(-1);
    expect(otherModelHeading(blind)).toBe('Whether mine ranks the repairs alike cannot be told');
    expect(agreementSentence(blind)).toMatch(/cannot be told: mine resolves no gain/);
  });

  it('gives the order where a gain is resolved', () => {
    const seen = model([gain('a', 0.05), gain('b', 0.002, 0.1)]);
    expect(otherModelHeading(seen)).toBe('mine and the built-in trees agree');
    expect(agreementSentence(seen)).toMatch(/1 of 1 pair stand in the same order/);
  });
});

describe('the share of a second model', () => {
  const work = { repairs: 6, sensitivities: 3 };

  it.each([
    [1000, { pairs: 5, repairs: 6, sensitivities: 3 }],
    [36, { pairs: 5, repairs: 6, sensitivities: 0 }],
    [30, { pairs: 4, repairs: 6, sensitivities: 0 }],
    [13, { pairs: 3, repairs: 3, sensitivities: 0 }],
    [4, { pairs: 2, repairs: 1, sensitivities: 0 }],
    [3, { pairs: 0, repairs: 0, sensitivities: 0 }],
  ])('of %d trainings', (trainings, expected) => {
    const plan = sharePlan(work, 2, 2 * trainings);
    expect(plan).toMatchObject(expected);
    const made = plan.pairs * (plan.pairs === 0 ? 0 : plan.repairs + 1 + plan.sensitivities);
    expect(made).toBeLessThanOrEqual(trainings);
    expect(leftOutOf(plan, work).length > 0).toBe(trainings < 50);
  });
});
