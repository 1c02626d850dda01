import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/model.js';
import type { TrialPlan } from '../../src/ablation/plan/trial-plan.js';
import { createRandom } from '../../src/core/random.js';
import { assay, inFolder, type Ended } from './assay.js';

const random = createRandom(33);

function draw(name: string, row: number): number {
  return random.fork(name).at(row);
}

/** 4,000 rows: a score that is lost now and then, and a shop among 400, half of which sell much better. */
function log(): string {
  const lines = ['score,shop,click'];
  for (let row = 0; row < 4000; row++) {
    const score = Math.round(100 * draw('score', row));
    const shop = Math.floor(400 * draw('shop', row));
    const lift = draw('lift', shop) < 0.5 ? 2 : -2;
    const click = draw('click', row) < 1 / (1 + Math.exp(-((score - 50) / 12 + lift))) ? 1 : 0;
    lines.push(`${draw('lost', row) < 0.15 ? -999 : score},s${shop},${click}`);
  }
  return `${lines.join('\n')}\n`;
}

async function ablate(folder: string, ...more: readonly string[]): Promise<Ended> {
  await writeFile(path.join(folder, 'log.csv'), log());
  const args = ['ablate', 'log.csv', '--label', 'click', '--budget', '20s', '--format', 'json', '--quiet'];
  return assay(folder, [...args, ...more]);
}

async function planOf(...more: readonly string[]): Promise<TrialPlan> {
  return inFolder(async (folder) => {
    const ended = await ablate(folder, '--plan', ...more);
    expect(ended).toMatchObject({ code: 0, err: '' });
    return JSON.parse(ended.out) as TrialPlan;
  });
}

describe('assay ablate', () => {
  it('names the encoding beside each effect, shows ranks beside label means, and keeps reductions within the loss that is allowed', () =>
    inFolder(async (folder) => {
      const asked = ['--id-encoding', 'te', '--studies', 'gains,rows,encodings', '--loss-budget', '.2'];
      const plan = JSON.parse((await ablate(folder, ...asked, '--plan')).out) as TrialPlan;
      const seeds = { ...plan.seeds, gains: { start: 3, most: 3 } };
      const studies = { ...plan.studies, rows: 2, encodings: 2, seeds: 3 };
      const file = path.join(folder, 'plan.json');
      await writeFile(file, JSON.stringify({ ...plan, seeds, studies, sensitivities: false }));
      const { code, out } = await ablate(folder, ...asked, '--plan', file);
      expect(code).toBe(0);
      const report = JSON.parse(out) as Report;
      expect(report.effects.length).toBeGreaterThan(0);
      expect(new Set(report.effects.map((effect) => effect.model))).toEqual(new Set(['built-in GBDT, te']));
      expect(report.curves).toEqual([]);
      const { otherModel } = report;
      expect(otherModel).toMatchObject({ name: 'built-in GBDT, rank', failed: null });
      expect(otherModel!.effects.length + otherModel!.unmeasured.length).toBeGreaterThan(0);
      // The shops matter, and ranks say little of them.
      expect(otherModel!.auc!.builtIn.value).toBeGreaterThan(otherModel!.auc!.own.value + 0.05);
      expect(report.value!.map((curve) => curve.of)).toEqual(['rows']);
      const [rows] = report.value!;
      expect(rows!.within.budget).toBe(0.2);
      const { upper95 } = rows!.points.find((point) => point.kept === rows!.within.kept)!;
      expect(upper95).toBeLessThanOrEqual(0.2);
    }));

  it('plans the studies and the encoding that are asked for', async () => {
    const plan = await planOf('--studies', 'negatives,columns', '--id-encoding', 'rank');
    expect(plan.studies).toMatchObject({ rows: 0, days: 0, capacity: 0 });
    expect(plan.studies.negatives).toBeGreaterThan(0);
    expect(plan.studies.columns).toBeGreaterThan(0);
    expect(plan).toMatchObject({ curves: 0, encoding: 'rank' });
  });

  it('draws at most the curves that are asked for', async () => {
    const one = await planOf('--studies', 'curves', '--curves', '1', '--id-encoding', 'te-sum');
    expect(one).toMatchObject({ curves: 1, encoding: 'te-sum' });
    expect((await planOf('--studies', 'curves', '--curves', 'all')).curves).toBeGreaterThan(1);
  });

  it.each([
    ['--id-encoding', 'onehot', /rank/],
    ['--studies', 'gains,rain', /Expected some of gains/],
    ['--curves', '-1', /whole number/],
    ['--loss-budget', '1', /from 0 to below 1/],
  ])('refuses %s %s', (option, value, says) =>
    inFolder(async (folder) => {
      const ended = await ablate(folder, option, value);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(ended.err).toMatch(says);
    }),
  );
});
