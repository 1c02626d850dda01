import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ablation } from '../../src/ablation/ablate.js';
import type { Chained } from '../../src/cleaning/chain/chain.js';
import type { TrialPlan } from '../../src/ablation/plan/trial-plan.js';
import { ablate } from '../../src/ablation/ablate.js';
import { bots, found, hopeless, smallLogRows, writeSmallLog } from './small-log.js';
import { buildFrame } from '../../src/models/frame/build.js';
import { chain } from '../../src/cleaning/chain/chain.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { createExperiment } from '../../src/ablation/experiment.js';
import { createRun } from '../../src/core/run.js';
import { createTrainer } from '../../src/models/pool/trainer.js';
import { makePlan } from '../../src/ablation/plan/make-plan.js';
import { openStudy } from '../../src/dataset/open.js';
import { planTrials } from '../../src/ablation/plan/plan-trials.js';
import { propose } from '../../src/ablation/propose.js';
import { splitStudy } from '../../src/dataset/split.js';
import { layRepairs, trainRepairs } from '../../src/ablation/repairs.js';

const trials: TrialPlan = {
  ...makePlan(
    { rows: { train: 4800, evaluation: 1200 }, repairs: 3, chain: true, sensitivities: 2, curves: 1 },
    { budget: 100, secondsPerTraining: 1, rounds: 12 },
  ),
  seeds: { gains: { start: 3, most: 4 }, sensitivities: 3, curves: 3, proof: 4 },
  doses: [0.05, 0.2],
  refine: true,
  curves: 1,
};

interface Measured {
  readonly ablation: Ablation;
  readonly chained: Chained;
  readonly planned: TrialPlan;
  readonly tables: readonly string[];
}

let folder: string;
let one: Measured;
let two: Measured;

async function measure(files: { train: string; test: string }, threads: number): Promise<Measured> {
  const engine = await createDuckDb({ threads });
  const run = createRun({ engine, seed: 5, threads });
  try {
    const cache = path.join(folder, `cache-${threads}`);
    const opened = await openStudy({ ...files, label: 'click', user: 'user', exclude: ['user', 'shift'], cache }, run);
    const study = await splitStudy(opened, run);
    const proposal = await propose(study, [bots, hopeless], found, run);
    const trainer = await createTrainer(await buildFrame(study, run), run);
    const planned = await planTrials(trainer, proposal, 20, run);
    const experiment = createExperiment(study, trainer, trials, run);
    const candidates = await trainRepairs(
      experiment,
      await layRepairs(study, trainer.frame, proposal.suspects, run),
      trials,
    );
    const chained = await chain(experiment, candidates, trials, { protection: null });
    const ablation = await ablate(experiment, proposal, candidates, trials, run);
    const tables = await engine.rows({ sql: `SELECT table_name AS name FROM duckdb_tables()` }, 1000, run);
    return { ablation, chained, planned, tables: tables.map((t) => String(t['name'])) };
  } finally {
    await run.close();
    await engine.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-ablation-'));
  const files = await writeSmallLog(folder);
  one = await measure(files, 1);
  two = await measure(files, 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an ablation of a small log', () => {
  it('sees the repair that pays and the one that hurts', () => {
    const gains = one.ablation.effects.filter((e) => e.kind === 'gain' && e.metric === 'auc');
    expect(gains.map((e) => [e.arm, e.verdict])).toEqual([
      ['drop', 'helps'],
      ['blind', 'costs'],
    ]);
    const [drop] = gains;
    expect(drop).toMatchObject({ on: 'evaluation', estimand: 'thisTrainingSet', model: 'built-in GBDT, rank' });
    expect(drop!.units).toBeGreaterThan(0.35 * smallLogRows);
    expect(drop!.seeds).toBeGreaterThanOrEqual(3);
  });

  it('reads logloss and NE beside it from the same trials', () => {
    const [logloss, ne] = ['logloss', 'ne'].map((metric) =>
      one.ablation.effects.find((e) => e.arm === 'drop' && e.metric === metric)!,
    );
    expect(logloss!.effect).toBeGreaterThan(0);
    expect(ne!.p).toBeCloseTo(logloss!.p, 9);
    expect(ne!.effect).toBeGreaterThan(logloss!.effect);
  });

  it('injects as much again, and draws a curve that starts at nothing and costs', () => {
    const again = one.ablation.effects.find((e) => e.kind === 'sensitivity')!;
    expect(again).toMatchObject({ arm: 'anywhere (train)', seeds: 3 });
    expect(again.units).toBeGreaterThan(100);
    const [curve] = one.ablation.curves;
    expect(curve).toMatchObject({ defect: 'bots', mechanism: 'anywhere', where: 'train', seeds: 3 });
    expect(curve!.points[0]).toEqual({ dose: 0, cost: 0, low: 0, high: 0 });
    expect(curve!.points.length).toBeGreaterThanOrEqual(3);
    expect(curve!.points.at(-1)!.cost).toBeGreaterThan(0);
  });

  it('says what was not measured, and why', () => {
    const why = Object.fromEntries(one.ablation.unmeasured.map((u) => [`${u.kind} ${u.arm}`, u.reason]));
    expect(why['gain repair']).toBe('Ask those who log.');
    expect(why['gain idle']).toContain('The model is the same');
    expect(why['sensitivity nowhere (train)']).toBe('It cannot.');
    expect(why['sensitivity again']).toBe('It has no mechanism.');
  });

  it('cleans with what pays, proven on outer rows', () => {
    const { cleaning, plan } = one.chained;
    expect(cleaning.steps.map((s) => [s.repair, s.decision])).toEqual([
      ['drop', 'accepted'],
      ['blind', 'hurts'],
      ['idle', 'not-resolved'],
    ]);
    expect(cleaning.proof).toMatchObject({ holds: true, outerUses: 1 });
    expect(plan.steps.map((s) => s.code)).toEqual(['drop']);
  });

  it('gives the same bytes for one and two threads', () => {
    expect(JSON.stringify(two.ablation)).toBe(JSON.stringify(one.ablation));
    expect(JSON.stringify(two.chained)).toBe(JSON.stringify(one.chained));
  });

  it('leaves no tables of permutations behind', () => {
    expect(one.tables.filter((name) => /units_|dose/.test(name))).toEqual([]);
  });

  it('makes a plan from one timed training', () => {
    expect(one.planned).toMatchObject({ version: 1, budget: 20, rows: { train: null, evaluation: null } });
    expect(one.planned.rounds).toBe(two.planned.rounds);
  });
});
