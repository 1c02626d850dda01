import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { noStudies } from '../../src/ablation/plan/studies.js';
import type { TrialPlan } from '../../src/ablation/plan/trial-plan.js';
import { createProgress, type ProgressEvent } from '../../src/core/progress.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
import { runJob, type JobResult } from '../../src/runs/job.js';
import { inFolder } from '../cli/assay.js';

/** Clicks that a price makes likelier, every tenth row written twice. */
function log(rows: number): string {
  const random = createRandom(5);
  const [price, click, user] = ['price', 'click', 'user'].map((name) => random.fork(name));
  const lines = ['clicked,user_id,price'];
  for (let i = 0; i < rows; i++) {
    const n = i % 10 === 9 ? i - 1 : i;
    const cents = Math.floor(price!.at(n) * 1000);
    const clicked = click!.at(n) < 0.1 + cents / 2000 ? 1 : 0;
    lines.push(`${clicked},u${Math.floor(user!.at(n) * 900)},${cents}`);
  }
  return `${lines.join('\n')}\n`;
}

const plan: TrialPlan = {
  version: 1,
  budget: 10,
  secondsPerTraining: 0.1,
  rows: { train: null, evaluation: null },
  rounds: 20,
  seeds: { gains: { start: 2, most: 2 }, sensitivities: 2, curves: 2, proof: 2 },
  doses: [0.1],
  refine: false,
  curves: 1,
  sensitivities: true,
  keep: null,
  studies: noStudies,
  quick: true,
  trainings: 20,
  leftOut: [],
};

/** A run that is stopped when `when` says so. */
async function stopped(folder: string, when: (event: ProgressEvent) => boolean): Promise<JobResult> {
  const file = path.join(folder, 'log.csv');
  await writeFile(file, log(6000));
  const engine = await createDuckDb({ memory: '1GB', threads: 1, temp: folder });
  const stop = new AbortController();
  const progress = createProgress((event) => (when(event) ? stop.abort() : undefined));
  const run = createRun({ engine, threads: 1, signal: stop.signal, progress });
  const afterCancel = createRun({ engine, threads: 1 });
  try {
    const out = path.join(folder, '.assay');
    const study = await openStudy({ train: file, cache: path.join(out, 'cache') }, run);
    const input = { study, defects, name: 'log.csv', depth: 'run', command: 'run', out, seed: 1, budget: 3 } as const;
    return await runJob({ ...input, startedAt: new Date(), replay: plan, planOnly: false, afterCancel }, run);
  } finally {
    await run.close();
    await afterCancel.close();
    await engine.close();
  }
}

describe('a run that is stopped by hand', () => {
  it('keeps the gains where all trainings of repairs had ended', async () => {
    await inFolder(async (folder) => {
      const { report, cancelled } = await stopped(folder, ({ path: [step] }) => step === 'ablate');
      expect(cancelled).toBe(true);
      const gains = report!.effects.filter((effect) => effect.kind === 'gain' && effect.metric === 'auc');
      expect(gains.length).toBeGreaterThan(0);
      expect(report!.effects.filter((effect) => effect.kind !== 'gain')).toEqual([]);
      expect(report!.cleaning).toBeUndefined();
      expect(report!.curves).toEqual([]);
      expect(JSON.stringify(report!.how.plan)).toContain('stopped after the repairs were measured');
      expect(report!.verdict.code).toBe('measured');
    });
  });

  it('keeps what it found, and claims nothing about AUC, where they had not', async () => {
    await inFolder(async (folder) => {
      const { report, cancelled, folder: written } = await stopped(folder, ({ path: [step] }) => step === 'train');
      expect(cancelled).toBe(true);
      expect(report!.effects).toEqual([]);
      expect(report!.verdict).toMatchObject({ code: 'audited', auc: null });
      expect(report!.defects.find(({ id }) => id === 'duplicates')!.rows!.flagged).toBeGreaterThan(0);
      const record = JSON.parse(await readFile(path.join(written, 'run.json'), 'utf8')) as object;
      expect(record).toMatchObject({ cancelled: true, outerOpened: false });
    });
  });
});
