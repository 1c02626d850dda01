import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rolling } from '../../../src/ablation/rolling/measure-rolling.js';
import { bots, found } from '../small-log.js';
import { buildFrame } from '../../../src/models/frame/build.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { createExperiment } from '../../../src/ablation/experiment.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createTrainer } from '../../../src/models/pool/trainer.js';
import { bestRepair, measureRolling } from '../../../src/ablation/rolling/measure-rolling.js';
import { meanOfSeries } from '../../../src/stats/mean-of-series.js';
import { openStudy } from '../../../src/dataset/open.js';
import { originsOf } from '../../../src/ablation/rolling/origins.js';
import { originStudy } from '../../../src/ablation/rolling/origin-study.js';
import { overlayOf, asIs } from '../../../src/models/frame/overlay.js';
import { Part } from '../../../src/core/relation.js';
import { planOf, expr } from '../../../src/core/plan.js';
import { poolDays } from '../../../src/ablation/rolling/pool-days.js';
import { makePlan } from '../../../src/ablation/plan/make-plan.js';
import { propose } from '../../../src/ablation/propose.js';
import { splitStudy } from '../../../src/dataset/split.js';
import { layRepairs, trainRepairs } from '../../../src/ablation/repairs.js';

const rows = 9000;
const rowsOfDay = 1000;

/** Nine days; on the first three most weak non-clicks of the shift "broken" became clicks. */
function log(): string {
  const random = createRandom(3);
  const draw = (name: string, row: number): number => random.fork(name).at(row);
  const lines = ['time,user,strength,shift,click'];
  for (let row = 0; row < rows; row++) {
    const day = Math.floor(row / rowsOfDay);
    const strength = Math.round(100 * draw('strength', row));
    const broken = draw('shift', row) < 0.4;
    const bot = day < 3 && broken && strength < 40 && draw('bot', row) < 0.9;
    const click = bot || draw('click', row) < 1 / (1 + Math.exp(-(strength - 75) / 12)) ? 1 : 0;
    const time = new Date(Date.UTC(2026, 0, 1 + day, 0, 0, (row % rowsOfDay) * 60)).toISOString().slice(0, 19);
    lines.push(`${time},u${Math.floor(400 * draw('user', row))},${strength},${broken ? 'broken' : 'fine'},${click}`);
  }
  return `${lines.join('\n')}\n`;
}

const work = { rows: { train: 7200, evaluation: 1800 }, repairs: 3, chain: true, sensitivities: 0, curves: 0 };
const trials = {
  ...makePlan(work, { budget: 100, secondsPerTraining: 1, rounds: 10 }),
  seeds: { gains: { start: 3, most: 3 }, sensitivities: 3, curves: 3, proof: 3 },
};
const plan = { ...trials, studies: { ...trials.studies, origins: 7, seeds: 3 } };

let folder: string;

async function opened<T>(threads: number, use: (o: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const engine = await createDuckDb({ threads });
  const run = createRun({ engine, seed: 5, threads });
  try {
    return await use(await open(run, threads));
  } finally {
    await run.close();
    await engine.close();
  }
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- what it opens is its type
async function open(run: ReturnType<typeof createRun>, threads: number) {
  const train = path.join(folder, 'train.csv');
  const roles = { label: 'click', time: 'time', user: 'user', exclude: ['user'] };
  const study = await splitStudy(
    await openStudy({ train, ...roles, cache: path.join(folder, `c${threads}`) }, run),
    run,
  );
  return { run, study, frame: await buildFrame(study, run) };
}

async function roll(threads: number): Promise<Rolling> {
  return opened(threads, async ({ run, study, frame }) => {
    const trainer = await createTrainer(frame, run);
    const experiment = createExperiment(study, trainer, plan, run);
    const proposal = await propose(study, [bots], found, run);
    const candidates = await trainRepairs(
      experiment,
      await layRepairs(study, trainer.frame, proposal.suspects, run),
      plan,
    );
    const best = bestRepair(experiment, candidates);
    expect(best?.title).toBe('drop the broken rows');
    return measureRolling(experiment, trainer, plan, best, run);
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-rolling-'));
  await writeFile(path.join(folder, 'train.csv'), log());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a gain over days', () => {
  it('is that of each day by models of the days before it, the same for one and two threads', async () => {
    const one = await roll(1);
    const { days, gain, theseDays, futureDays, seeds } = one.gain!;
    expect(days.map((d) => d.day)).toEqual(['2026-01-04', '2026-01-05', '2026-01-06', '2026-01-07']);
    expect(days.map((d) => d.trainRows)).toEqual([3000, 4000, 5000, 6000]);
    expect(seeds).toBe(3);
    expect(gain).toBeCloseTo(days.reduce((sum, d) => sum + d.value, 0) / days.length, 12);
    expect(days[0]!.low).toBeGreaterThan(0);
    expect(theseDays.low).toBeGreaterThan(0);
    expect(futureDays).toBeNull();
    expect(JSON.stringify(await roll(2))).toBe(JSON.stringify(one));
  });

  it('touches no row of the day it scores, and no label', async () => {
    await opened(1, async ({ run, study, frame }) => {
      const origin = originsOf(frame).find((o) => o.before === 5000)!;
      const before = await originStudy(study, frame, origin, run);
      const scored = [...before.frame.part.keys()].filter((row) => before.frame.part[row] === Part.outer);
      expect(scored).toHaveLength(rowsOfDay);
      const weak = planOf('x', 'x', {
        verb: 'drop-row',
        where: { rule: expr.cmp('=', expr.col('shift'), expr.text('broken')) },
      });
      const overlay = await overlayOf(before.frame, before.study, weak, 'train-rows', run);
      const all = asIs(before.frame);
      expect(all.rows).toHaveLength(5000);
      expect(overlay.touched).toBe(all.rows.length - overlay.rows.length);
      expect(Math.max(...overlay.rows)).toBeLessThan(Math.min(...scored));
    });
  });
});

const frameOf = (perDay: readonly (readonly [rows: number, positives: number])[]): Parameters<typeof originsOf>[0] => {
  const cells = perDay.flatMap(([n, p], day) =>
    Array.from({ length: n }, (_, i) => ({ time: day * 86_400 + i, label: i < p ? 1 : 0 })),
  );
  return {
    time: Float64Array.from(cells, (c) => c.time),
    label: Uint8Array.from(cells, (c) => c.label),
    part: new Uint8Array(cells.length),
  };
};

const dayOf = (estimate: number, byUnit: readonly number[]): Parameters<typeof poolDays>[0][number] => ({
  units: Int32Array.from(byUnit.keys()),
  difference: {
    estimate,
    differences: [estimate, estimate],
    testVariance: 0,
    seedVariance: 0,
    variance: 0,
    df: 1,
    effectiveUnits: 30,
    byUnit: Float64Array.from(byUnit),
    seeds: 2,
  },
});

describe('days of training rows to roll over', () => {
  it('hold 50 of either label and come after three tenths of the rows', () => {
    const days = [...Array.from({ length: 5 }, () => [200, 60] as const), [200, 49] as const, [200, 160] as const];
    expect(originsOf(frameOf(days)).map((o) => o.day)).toEqual([3, 4]);
  });

  it('are the most recent seven, and none without a time', () => {
    const days = Array.from({ length: 20 }, () => [110, 55] as const);
    expect(originsOf(frameOf(days)).map((o) => o.day)).toEqual([13, 14, 15, 16, 17, 18, 19]);
    expect(originsOf({ ...frameOf(days), time: null })).toEqual([]);
  });
});

describe('a mean over days', () => {
  it('sums a user over days, and takes each day as one draw for days to come', () => {
    const same = [0.01, -0.01, 0.02, -0.02];
    const flipped = same.map((x) => -x);
    const five = (a: readonly number[], b: readonly number[]): ReturnType<typeof poolDays> =>
      poolDays([0.1, 0.2, 0.3, 0.2, 0.1].map((e, i) => dayOf(e, i % 2 === 0 ? a : b)));
    const alike = five(same, same);
    const opposed = five(same, flipped);
    expect(alike.gain).toBeCloseTo(0.18, 12);
    expect(opposed.theseDays.high - opposed.theseDays.low).toBeCloseTo(
      (alike.theseDays.high - alike.theseDays.low) / 5,
      9,
    );
    // t at 4 df times the standard error of the mean, with the covariance of neighbours.
    const { variance } = meanOfSeries([0.1, 0.2, 0.3, 0.2, 0.1]);
    expect(alike.futureDays!.high - 0.18).toBeCloseTo(2.7764451 * Math.sqrt(variance), 6);
    expect(poolDays([dayOf(0.1, same), dayOf(0.2, same)]).futureDays).toBeNull();
  });

  it('has a wider standard error where neighbours are alike, never a narrower one', () => {
    expect(meanOfSeries([1, -1, 1, -1]).variance).toBeCloseTo(4 / 3 / 4, 12);
    const trend = meanOfSeries([-3, -1, 1, 3]);
    // s2 = 20/3, c1 = (3 - 1 + 3) / 3
    expect(trend.variance).toBeCloseTo((20 / 3 + (2 * 3 * (5 / 3)) / 4) / 4, 12);
    expect(trend.df).toBe(3);
  });
});
