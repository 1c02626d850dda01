import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/ablation/experiment.js';
import { fakeWorld } from '../cleaning/chain/fake.js';
import { makePlan } from '../../src/ablation/plan/make-plan.js';
import { trainRepairs, type LaidRepair } from '../../src/ablation/repairs.js';

const gains = { a1: 0.05, a2: 0.04, a3: 0.03, b1: -0.02, b2: -0.03, c1: 0 };
const trials = makePlan(
  { rows: { train: 1000, evaluation: 3300 }, repairs: 6, chain: true, sensitivities: 0, curves: 0 },
  { budget: 60, secondsPerTraining: 1, rounds: 10 },
);

/** So many pairs that precision never is enough after the first. */
const raced = { ...trials, seeds: { ...trials.seeds, gains: { start: 2, most: 3 } } };

/** Repairs of the defects `a`, `b` and `c` that carry the gains above, in a world of little noise. */
async function world(): Promise<{ readonly experiment: Experiment; readonly repairs: readonly LaidRepair[] }> {
  const known = Object.entries(gains).map(([id, gain]) => ({ id, gain, defect: id[0]! }));
  const { experiment, candidates } = fakeWorld(known, 1, 0.1);
  const laid = candidates.map(async ({ defect, repair, arm }) => ({ defect, repair, overlay: await arm.overlay(0) }));
  return { experiment, repairs: await Promise.all(laid) };
}

describe('a race', () => {
  it('buys precision for the best of each defect before any second', async () => {
    const { experiment, repairs } = await world();
    const kept = async (keep: number): Promise<readonly string[]> => {
      const candidates = await trainRepairs(experiment, repairs, { ...raced, keep });
      expect(candidates).toHaveLength(6);
      const { start } = raced.seeds.gains;
      expect(candidates.every((c) => c.pairs >= start)).toBe(true);
      return candidates.filter((c) => c.pairs > start).map((c) => c.repair.id);
    };
    expect(await kept(2)).toEqual(['a1', 'c1']);
    expect(await kept(4)).toEqual(['a1', 'a2', 'b1', 'c1']);
  });

  it('adds pairs only while seeds matter', async () => {
    const { experiment, repairs } = await world();
    const candidates = await trainRepairs(experiment, repairs, { ...trials, keep: null });
    for (const { pairs } of candidates) {
      expect(pairs).toBeGreaterThanOrEqual(trials.seeds.gains.start);
      expect(pairs).toBeLessThanOrEqual(trials.seeds.gains.most);
    }
  });
});
