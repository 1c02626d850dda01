import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationLabels } from '../../src/core/worth.js';
import type { Studies } from '../../src/ablation/measure-studies.js';
import { attenuation, evaluationLabels } from '../../src/ablation/labels/evaluation-labels.js';
import { bots, found, writeSmallLog } from './small-log.js';
import { buildFrame } from '../../src/models/frame/build.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { createExperiment } from '../../src/ablation/experiment.js';
import { createRun } from '../../src/core/run.js';
import { createTrainer } from '../../src/models/pool/trainer.js';
import { makePlan } from '../../src/ablation/plan/make-plan.js';
import { measureStudies } from '../../src/ablation/measure-studies.js';
import { openStudy } from '../../src/dataset/open.js';
import { propose } from '../../src/ablation/propose.js';
import { splitStudy } from '../../src/dataset/split.js';
import { layRepairs, trainRepairs } from '../../src/ablation/repairs.js';

const work = { rows: { train: 4800, evaluation: 1200 }, repairs: 3, chain: true, sensitivities: 2, curves: 1 };
const pace = { budget: 100, secondsPerTraining: 1, rounds: 12 };
const trials = {
  ...makePlan(work, pace),
  seeds: { gains: { start: 3, most: 3 }, sensitivities: 3, curves: 3, proof: 3 },
  studies: { rows: 2, negatives: 1, days: 2, columns: 9, capacity: 2, encodings: 2, origins: 0, seeds: 3 },
};

interface Measured {
  readonly studies: Studies;
  readonly labels: EvaluationLabels | null;
  readonly evaluationBefore: unknown;
  readonly evaluationAfter: unknown;
}

let folder: string;
let one: Measured;
let two: Measured;

async function measure(files: { train: string; test: string }, threads: number): Promise<Measured> {
  const engine = await createDuckDb({ threads });
  const run = createRun({ engine, seed: 5, threads });
  try {
    const cache = path.join(folder, `cache-${threads}`);
    const opened = await openStudy({ ...files, label: 'click', user: 'user', exclude: ['user'], cache }, run);
    const study = await splitStudy(opened, run);
    const label = study.roles.label!.column.id;
    const { name } = study.evaluation!;
    const sums = {
      sql: `SELECT count(*) AS n, sum(${label}) AS positives, bit_xor(hash(k, ${label})) AS h FROM ${name}`,
    };
    const evaluationBefore = await engine.rows(sums, 1, run);
    const proposal = await propose(study, [bots], found, run);
    const trainer = await createTrainer(await buildFrame(study, run), run);
    const experiment = createExperiment(study, trainer, trials, run);
    const before = Uint8Array.from(experiment.rows('evaluation').label);
    const candidates = await trainRepairs(
      experiment,
      await layRepairs(study, trainer.frame, proposal.suspects, run),
      trials,
    );
    const studies = await measureStudies(experiment, proposal, candidates, trials, 0.001, run);
    const known = { trusted: 'shift', noise: { positives: 0.1, negatives: 0.01 } };
    const trusted = await evaluationLabels(experiment, candidates, 3, known, run);
    expect(experiment.rows('evaluation').label).toEqual(before);
    const evaluationAfter = await engine.rows(sums, 1, run);
    return { studies, labels: trusted, evaluationBefore, evaluationAfter };
  } finally {
    await run.close();
    await engine.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-studies-'));
  const files = await writeSmallLog(folder);
  one = await measure(files, 1);
  two = await measure(files, 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the studies of a small log', () => {
  it('measure rows and negatives that could go, and what training on the rest takes', () => {
    expect(one.studies.value.map((curve) => curve.of)).toEqual(['rows', 'negatives']);
    const [rows, negatives] = one.studies.value;
    const kept = rows!.points.map((point) => point.kept / rows!.total);
    expect(kept[0]!).toBeGreaterThan(kept[1]!);
    expect(kept[1]!).toBeCloseTo(0.1, 1);
    for (const p of rows!.points) {
      expect(p.work).toBeCloseTo(p.share, 9);
      expect(p.low).toBeLessThan(p.cost);
      expect(p.upper95).toBeLessThan(p.high);
    }
    expect(negatives!.points[0]!.work).toBeGreaterThan(negatives!.points[0]!.share);
    expect(rows!.seeds).toBe(3);
  });

  it('say why days were not measured', () => {
    expect(one.studies.leftOut).toEqual(['The value of days was not measured: No column says when a row happened.']);
  });

  it('find that the one strong column pays', () => {
    const { entries, leftOut } = one.studies.columnsWorth!;
    expect(entries.map((entry) => entry.name)).toEqual(['strength', 'noise', 'shift']);
    const strength = entries[0]!;
    expect(strength.verdict).toBe('pays');
    expect(strength.low).toBeGreaterThan(0.1);
    expect(strength.bytes).toBeGreaterThan(0);
    expect(leftOut).toBe(0);
  });

  it('measure a repair and an injection on both models', () => {
    const { effects, small, large } = one.studies.capacity!;
    expect([small.trees, small.leaves, large.trees, large.leaves]).toEqual([15, 8, 120, 63]);
    expect(effects.map((effect) => [effect.kind, effect.arm])).toEqual([
      ['gain', 'blind'],
      ['sensitivity', 'anywhere (train)'],
    ]);
    for (const { small: s, large: l, difference } of effects)
      expect(difference.value).toBeCloseTo(l.value - s.value, 9);
  });

  it('give the same bytes for one and two threads', () => {
    expect(JSON.stringify(two.studies)).toBe(JSON.stringify(one.studies));
    expect(JSON.stringify(two.labels)).toBe(JSON.stringify(one.labels));
  });
});

describe('evaluation labels', () => {
  it('are never altered, whatever is known of them', () => {
    expect(one.evaluationAfter).toEqual(one.evaluationBefore);
  });

  it('say why there are no numbers where no row is trusted', () => {
    expect(one.labels!.trusted).toMatchObject({ column: 'shift', rows: 0, auc: null });
    expect(one.labels!.trusted!.reason).toMatch(/trusted evaluation rows hold 0 positives/);
  });

  it('shrink differences by one less both shares of wrong labels', () => {
    expect(attenuation({ positives: 0.162, negatives: 0 }).shrink).toBe(0.838);
    expect(() => attenuation({ positives: 0.7, negatives: 0.3 })).toThrow(/label-error/);
  });
});

describe('a plan with studies', () => {
  const wished = { curves: 12, rows: 5, negatives: 4, days: 4, columns: 30, capacity: 8, encodings: 3, origins: 7 };

  it('leaves gains and listed curves as they are where the budget is small', () => {
    const plain = makePlan(work, { ...pace, budget: 60 });
    const asked = makePlan({ ...work, studies: wished }, { ...pace, budget: 60 });
    expect(asked.seeds.gains.start).toBe(plain.seeds.gains.start);
    expect([asked.doses, asked.sensitivities, asked.keep, asked.rows]).toEqual([
      plain.doses,
      plain.sensitivities,
      plain.keep,
      plain.rows,
    ]);
  });

  it('measures everything where there is time, and keeps to the budget', () => {
    const plan = makePlan({ ...work, studies: wished }, { ...pace, budget: 3000 });
    expect(plan.studies).toMatchObject({
      rows: 5,
      negatives: 4,
      days: 4,
      columns: 30,
      capacity: 8,
      encodings: 3,
      origins: 7,
      seeds: 10,
    });
    expect(plan.curves).toBe(13);
    expect(plan.leftOut).toEqual([]);
    expect(plan.trainings).toBeLessThanOrEqual(3000);
  });

  it('gives a second encoding of ids what all others leave', () => {
    const without = { ...wished, encodings: 0 };
    for (let budget = 100; budget <= 3000; budget += 100) {
      const plan = makePlan({ ...work, studies: wished }, { ...pace, budget });
      const plain = makePlan({ ...work, studies: without }, { ...pace, budget });
      expect(plan.curves).toBe(plain.curves);
      expect({ ...plan.studies, encodings: 0, origins: 0, seeds: 0 }).toEqual({
        ...plain.studies,
        origins: 0,
        seeds: 0,
      });
      expect(plan.trainings).toBeLessThanOrEqual(budget);
    }
  });

  it('rolls over days with what is left at the very end, over two days or none', () => {
    const without = { ...wished, origins: 0 };
    for (let budget = 100; budget <= 3000; budget += 100) {
      const plan = makePlan({ ...work, studies: wished }, { ...pace, budget });
      const plain = makePlan({ ...work, studies: without }, { ...pace, budget });
      expect({ ...plan.studies, origins: 0 }).toEqual(plain.studies);
      expect(plan.studies.origins).not.toBe(1);
      expect(plan.trainings).toBeLessThanOrEqual(budget);
    }
  });

  it('says what it left out', () => {
    const plan = makePlan({ ...work, studies: wished }, { ...pace, budget: 250 });
    expect(plan.trainings).toBeLessThanOrEqual(250);
    expect(plan.leftOut.join(' ')).toMatch(/columns was measured at \d+ of 30/);
  });
});
