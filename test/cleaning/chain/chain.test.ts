import { describe, expect, it } from 'vitest';
import type { ChainOptions, Chained } from '../../../src/cleaning/chain/chain.js';
import type { FakeRepair } from './fake.js';
import { chain } from '../../../src/cleaning/chain/chain.js';
import { fakeWorld } from './fake.js';

const seeds = { seeds: { gains: { start: 5, most: 8 }, sensitivities: 6, curves: 4, proof: 8 } };

async function decide(repairs: readonly FakeRepair[], seed = 1, o: ChainOptions = {}, noise = 1): Promise<Chained> {
  const { experiment, candidates } = fakeWorld(repairs, seed, noise);
  return chain(experiment, candidates, seeds, o);
}
const decisions = (chained: Chained): Record<string, string> =>
  Object.fromEntries(chained.cleaning.steps.map((s) => [s.repair, s.decision]));

/** The repairs of the demo log with their true gains. */
const demo: readonly FakeRepair[] = [
  { id: 'hot-cells', gain: 0.018 },
  { id: 'drop-suspects', gain: -0.0035 },
  { id: 'relabel', gain: -0.0075 },
  { id: 'unit', gain: 0.008 },
  { id: 'null-outage', gain: 0 },
  { id: 'median-outage', gain: 0.0008 },
  { id: 'dedupe', gain: 0 },
  { id: 'conflicts', gain: -0.0002 },
  { id: 'new-device', gain: -0.0003 },
];
const nulls = Array.from({ length: 9 }, (_, i): FakeRepair => ({ id: `null-${i}`, gain: 0 }));

/** Two repairs of one defect, the second dropping the given rows. */
const rivals = (drops: number[]): FakeRepair[] => [
  { id: 'a', defect: 'x', gain: 0.02, drops: [1, 2, 3] },
  { id: 'b', defect: 'x', gain: 0.015, drops },
];

/** A repair of two strengths, the second of which gains `more`, and another repair. */
const graded = (more: number): FakeRepair[] => [
  { id: 'first', gain: 0.02, strength: 0.1, others: [{ id: 'more', gain: 0.02 + more, strength: 0.2 }] },
  { id: 'unit', gain: 0.008 },
];

describe('chain', () => {
  it('accepts what pays, largest first, and proves it on outer rows with fresh seeds, once', async () => {
    const world = fakeWorld(demo, 2);
    const chained = await chain(world.experiment, world.candidates, seeds);
    expect(chained.cleaning.steps.slice(0, 2).map((s) => [s.repair, s.decision])).toEqual([
      ['hot-cells', 'accepted'],
      ['unit', 'accepted'],
    ]);
    expect(chained.plan.steps.map((s) => [s.id, s.code])).toEqual([
      [1, 'hot-cells'],
      [2, 'unit'],
    ]);
    const [first, second] = chained.cleaning.steps;
    expect(first!.alone!.value).toBeCloseTo(first!.gain!.value, 12); // the first stands on nothing
    expect(second!.last!.value).toBeCloseTo(second!.gain!.value, 12); // the last on all the others
    expect(Math.abs(second!.alone!.value - second!.last!.value)).toBeLessThan(0.004); // these two add up
    expect(chained.cleaning.steps.slice(2).every((step) => step.alone === undefined && step.last === undefined)).toBe(
      true,
    );
    const { proof } = chained.cleaning;
    expect(proof).toMatchObject({ holds: true, outerUses: 1, seeds: 8, positives: 2200 });
    expect(proof!.after - proof!.before).toBeCloseTo(proof!.gain, 12);
    expect(world.asked.filter((on) => on === 'outer')).toHaveLength(1);
    expect(world.asked.at(-1)).toBe('outer');
    expect(Math.min(...world.outerSeeds)).toBeGreaterThanOrEqual(64);
    expect(world.asked).not.toContain('evaluation');
  });

  it('has the power the demo needs, and takes nothing that hurts', async () => {
    let both = 0;
    let idle = 0;
    for (let seed = 0; seed < 60; seed++) {
      const said = decisions(await decide(demo, seed));
      if (said['hot-cells'] === 'accepted' && said['unit'] === 'accepted') both += 1;
      expect(said['relabel']).not.toBe('accepted');
      expect(said['drop-suspects']).not.toBe('accepted');
      if (demo.some((r) => r.gain < 0.005 && said[r.id] === 'accepted')) idle += 1;
    }
    expect(both).toBeGreaterThanOrEqual(46);
    expect(idle).toBeLessThanOrEqual(14);
  });

  it('makes nothing of nothing', async () => {
    let recipes = 0;
    for (let seed = 0; seed < 100; seed++) if ((await decide(nulls, seed)).plan.steps.length > 0) recipes += 1;
    expect(recipes).toBeLessThanOrEqual(4);
  });

  it('empties the recipe where the proof does not hold, and says so', async () => {
    for (let seed = 0; seed < 400; seed++) {
      const { cleaning, plan } = await decide(nulls, seed);
      if (cleaning.proof === null) continue;
      if (cleaning.proof.holds) continue;
      expect(plan.steps).toEqual([]);
      expect(cleaning.steps.every((s) => s.decision !== 'accepted')).toBe(true);
      expect(cleaning.steps.some((s) => s.reason.includes('outer rows'))).toBe(true);
      return;
    }
    expect.unreachable('no recipe failed its proof');
  });

  it('leaves out what wins the same back', async () => {
    const twins: FakeRepair[] = [
      { id: 'a', gain: 0.02 },
      { id: 'b', gain: 0.018, redundant: 'a' },
    ];
    const { cleaning } = await decide(twins, 4, {}, 0.5);
    expect(cleaning.steps.map((s) => [s.repair, s.decision])).toEqual([
      ['a', 'accepted'],
      ['b', 'not-resolved'],
    ]);
    expect(cleaning.steps[1]!.reason).toContain('On top of');
  });

  it('takes one of two repairs of a defect that alter the same rows, both where they do not', async () => {
    expect(decisions(await decide(rivals([3, 4]), 1, {}, 0.3))).toEqual({ a: 'accepted', b: 'not-resolved' });
    expect(decisions(await decide(rivals([4, 5]), 1, {}, 0.3))).toEqual({ a: 'accepted', b: 'accepted' });
  });

  it('says what hurts and what is held back', async () => {
    const odd: FakeRepair[] = [
      { id: 'harm', gain: -0.02 },
      { id: 'greedy', gain: 0.02, drops: Array.from({ length: 25 }, (_, i) => i * 10) },
      { id: 'day', gain: 0.02, drops: Array.from({ length: 25 }, (_, i) => 201 + 3 * i) },
      { id: 'modest', gain: 0.02, drops: Array.from({ length: 9 }, (_, i) => 301 + i) },
    ];
    const chained = await decide(odd, 1, {}, 0.5);
    expect(decisions(chained)).toEqual({
      harm: 'hurts',
      greedy: 'held-back',
      day: 'held-back',
      modest: 'accepted',
    });
    const reasons = chained.cleaning.steps.map((s) => s.reason).join('\n');
    expect(reasons).toContain('25% of the positives');
    expect(reasons).toMatch(/2[45]% of the rows of a day/);
    expect(decisions(await decide(odd, 1, { protection: null }, 0.5))['greedy']).toBe('accepted');
  });

  it('takes a step at the strength that gains more beyond doubt, and says what was tried', async () => {
    const better = await decide(graded(0.015), 1, {}, 0.3);
    expect(decisions(better)).toEqual({ more: 'accepted', unit: 'accepted', first: 'not-resolved' });
    expect(better.plan.steps.map((s) => s.code)).toEqual(['more', 'unit']);
    const [step] = better.cleaning.steps;
    expect(step).toMatchObject({ strength: 0.2, tried: [{ strength: 0.2 }] });
    expect(step!.gain!.value).toBeCloseTo(0.035, 2);
    expect(step!.alone!.value).toBeCloseTo(step!.gain!.value, 12);
    expect(step!.reason).toContain('strength 0.2');
    const same = await decide(graded(0), 1, {}, 0.3);
    expect(decisions(same)).toEqual({ first: 'accepted', unit: 'accepted' });
    expect(same.cleaning.steps[0]!.reason).toContain('0.2 gains no more');
  });

  it('never takes a strength that removes too much', async () => {
    const greedy = { id: 'more', gain: 0.05, strength: 1, drops: Array.from({ length: 25 }, (_, i) => i * 10) };
    const { cleaning } = await decide([{ id: 'first', gain: 0.02, strength: 0.5, others: [greedy] }], 1, {}, 0.3);
    expect(cleaning.steps.map((s) => [s.repair, s.decision])).toEqual([['first', 'accepted']]);
    expect(cleaning.steps[0]!.tried).toEqual([{ strength: 1, gain: null }]);
    expect(cleaning.steps[0]!.reason).toContain('remove too much');
  });

  it('lets a gentler strength stand in for what is held back', async () => {
    const greedy: FakeRepair = {
      id: 'drop',
      gain: 0.03,
      strength: 1,
      drops: Array.from({ length: 25 }, (_, i) => i * 10),
      others: [{ id: 'weight', gain: 0.02, strength: 0.5 }],
    };
    const { cleaning, plan } = await decide([greedy], 1, {}, 0.3);
    expect(cleaning.steps.map((s) => [s.repair, s.decision])).toEqual([
      ['weight', 'accepted'],
      ['drop', 'held-back'],
    ]);
    expect(plan.steps.map((s) => s.code)).toEqual(['weight']);
  });

  it('counts how often the outer rows were opened', async () => {
    expect((await decide(demo, 2, { openOuter: () => 3 })).cleaning.proof).toMatchObject({ outerUses: 3 });
  });

  it('decides nothing where rows are too few', async () => {
    const world = fakeWorld(demo, 1);
    const rows: typeof world.experiment.rows = (on) => ({
      ...world.experiment.rows(on),
      positives: on === 'inner' ? 30 : 60,
    });
    const { cleaning, plan } = await chain({ ...world.experiment, rows }, world.candidates, seeds);
    expect(plan.steps).toEqual([]);
    expect(cleaning.proof).toBeNull();
    expect(cleaning.steps.every((s) => s.seeds === 0 && s.reason.includes('30 positives'))).toBe(true);
  });

  it('is fine without candidates', async () => {
    expect(await decide([])).toEqual({ cleaning: { steps: [], proof: null }, plan: { version: 1, steps: [] } });
  });
});
