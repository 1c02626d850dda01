import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { parseReport } from '../../reports/schema.js';
import { markOpening } from '../../src/runs/openings.js';
import { assay, inFolder, main } from '../cli/assay.js';

const never = new AbortController().signal;

/** 20 days; labels of source s2 are wrong until day 13, so positives grow rarer: a repair stands out on inner rows. */
function clicks(rows: number): string {
  const random = createRandom(1);
  let n = 0;
  const draw = (): number => random.at(n++);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const lines = Array.from({ length: rows }, (_, i) => {
    const day = Math.floor((i * 20) / rows);
    const [z, x, y] = [normal(), normal(), normal()];
    const source = `s${Math.floor(draw() * 3)}`;
    const logit = source === 's2' && day >= 1 && day < 14 ? 2.5 - 3 * z : 1.8 * z + 0.5 * x - 1.2;
    const click = draw() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    const time = `2026-01-${String(day + 1).padStart(2, '0')} 0${i % 10}:00:00`;
    return [
      time,
      `u${Math.floor((draw() * rows) / 4)}`,
      source,
      Math.exp(1 + z / 2).toFixed(4),
      x.toFixed(4),
      y.toFixed(3),
      click,
    ].join(',');
  });
  return `${['time,user,source,price,x,y,click', ...lines].join('\n')}\n`;
}

/** Made once: a budget would be cut by how fast the machine is. */
const plan = {
  version: 1,
  budget: 1,
  secondsPerTraining: 0.1,
  rows: { train: null, evaluation: null },
  rounds: 21,
  seeds: { gains: { start: 3, most: 3 }, sensitivities: 3, curves: 3, proof: 3 },
  doses: [],
  refine: false,
  curves: 0,
  sensitivities: false,
  keep: null,
  quick: true,
  trainings: 15,
  leftOut: [],
};

describe('openings of the outer rows', () => {
  it('are counted by run: once each, those that left no record, and records without a mark', () =>
    inFolder(async (folder) => {
      expect(await markOpening(folder, 'abc', 'r1', never)).toBe(1);
      expect(await markOpening(folder, 'abc', 'r1', never)).toBe(1);
      expect(await markOpening(folder, 'other', 'r2', never)).toBe(1);
      const record = { id: 'r0', command: 'clean', name: 'd', version: '0', startedAt: '', seconds: 1, seed: 1 };
      const rest = { threads: 1, files: [], split: 'abc', outerOpened: true, plan: null, trainings: 1 };
      await mkdir(path.join(folder, 'runs', 'r0'), { recursive: true });
      await writeFile(path.join(folder, 'runs', 'r0', 'run.json'), JSON.stringify({ ...record, ...rest }));
      expect(await markOpening(folder, 'abc', 'r3', never)).toBe(3);
    }));

  it('are not opened where that cannot be written down', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'openings'), 'a file');
      await expect(markOpening(folder, 'abc', 'r1', never)).rejects.toMatchObject({
        code: expect.stringMatching(/^output-/),
      });
    }));

  it('are counted for a clean that was killed after it, and the next proof says so', { timeout: 120_000 }, () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'd.csv'), clicks(6000));
      const roles = [
        '--label',
        'click',
        '--time',
        'time',
        '--user',
        'user',
        '--plan',
        'plan.json',
        '--quiet',
        '--only',
        'label-drift',
      ];
      await writeFile(path.join(folder, 'plan.json'), JSON.stringify(plan));
      const marks = path.join(folder, '.assay', 'openings');
      const marked = (): boolean =>
        existsSync(marks) && readdirSync(marks).some((split) => readdirSync(path.join(marks, split)).length > 0);
      const args = [main, 'clean', 'd.csv', '--out', 'out', ...roles];
      const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
      const look = setInterval(() => void (marked() && child.kill('SIGKILL')), 2);
      const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
      clearInterval(look);
      expect(signal).toBe('SIGKILL');
      expect((await readdir(path.join(folder, '.assay', 'runs'))).filter((name) => !name.startsWith('.'))).toEqual([]);
      const next = await assay(folder, [...args.slice(1), '--format', 'json']);
      expect(next.code).toBe(0);
      expect(parseReport(JSON.parse(next.out)).cleaning!.proof).toMatchObject({ outerUses: 2 });
    }),
  );
});
