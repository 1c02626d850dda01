import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/model.js';
import type { TrialPlan } from '../../src/ablation/plan/trial-plan.js';
import { createRandom } from '../../src/core/random.js';
import { assay, fixture, inFolder, type Ended } from './assay.js';

const script = fixture('trainers/one-column.mjs');
const random = createRandom(21);

function draw(name: string, row: number): number {
  return random.fork(name).at(row);
}

/** 4,000 rows with duplicates and a sentinel, so that there are several repairs; one name needs quoting. */
function log(): string {
  const lines = ['"the ""score"", raw",noise,place,click'];
  for (let i = 0; i < 4000; i++) {
    const row = i % 40 === 39 ? i - 1 : i;
    const score = Math.round(100 * draw('score', row));
    const shown = draw('lost', row) < 0.15 ? -999 : score;
    const place = ['top', 'side', 'unknown'][Math.floor(3 * draw('place', row))]!;
    const click = draw('click', row) < 1 / (1 + Math.exp(-(score - 60) / 12)) ? 1 : 0;
    lines.push(`${shown},${draw('noise', row).toFixed(4)},${place},${click}`);
  }
  return `${lines.join('\n')}\n`;
}

const quoted = `'the "score", raw'`;

async function run(folder: string, fault: string, more: readonly string[] = [], how = {}): Promise<Ended> {
  await writeFile(path.join(folder, 'log.csv'), log());
  const command = `'${process.execPath}' '${script}' ${quoted} ${fault} '${path.join(folder, 'note')}' '{spec}'`;
  const args = [
    'ablate',
    'log.csv',
    '--label',
    'click',
    '--studies',
    'gains',
    '--budget',
    '16s',
    '--format',
    'json',
    '--quiet',
  ];
  return assay(folder, [...args, '--trainer', command, '--trainer-name', 'mine', ...more], how);
}

const parse = (ended: Ended): Report => JSON.parse(ended.out) as Report;

describe('--trainer', () => {
  it('measures gains and sensitivities of a command beside the built-in ones, in equal bytes for any threads', () =>
    inFolder(async (folder) => {
      const printed = await run(folder, 'none', ['--plan']);
      const plan = JSON.parse(printed.out) as TrialPlan;
      expect(plan.second!.secondsPerTraining).toBeGreaterThan(0);
      const second = { ...plan.second, pairs: 2, repairs: 3, sensitivities: 1 };
      const file = path.join(folder, 'plan.json');
      await writeFile(file, JSON.stringify({ ...plan, second }));
      const one = await run(folder, 'none', ['--plan', file, '--threads', '1']);
      expect(one.err).toBe('');
      const { otherModel, effects } = parse(one);
      expect(otherModel).toMatchObject({ name: 'mine', failed: null });
      expect(otherModel!.auc!.own.value).toBeGreaterThan(0.7);
      const measured = [...otherModel!.effects, ...otherModel!.unmeasured];
      expect(measured.filter((e) => e.kind === 'gain')).toHaveLength(3);
      expect(measured.filter((e) => e.kind === 'sensitivity')).toHaveLength(1);
      expect(otherModel!.effects.every((e) => e.model === 'mine' && e.seeds === 2)).toBe(true);
      expect(effects.every((e) => e.model !== 'mine')).toBe(true);
      const two = await run(folder, 'none', ['--plan', file, '--threads', '2']);
      expect(two.out).toBe(one.out);
    }));

  it('keeps the results of the built-in trees where the command crashes, and says why', () =>
    inFolder(async (folder) => {
      const ended = await run(folder, 'crash');
      expect(ended.code).toBe(0);
      const { otherModel, effects } = parse(ended);
      expect(otherModel!.failed).toMatch(/exit code 7.*no such learner/);
      expect(effects.length).toBeGreaterThan(0);
      const html = readdirSync(path.join(folder, '.assay', 'runs')).map((id) =>
        readFileSync(path.join(folder, '.assay', 'runs', id, 'report.html'), 'utf8'),
      );
      expect(html[0]).toContain('mine could not be measured');
    }));

  it('refuses a command that cannot be split', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'log.csv'), log());
      const ended = await assay(folder, ['run', 'log.csv', '--quiet', '--trainer', "python 'train.py"]);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(ended.err).toMatch(/--trainer.*quotes are closed/);
    }));

  it('is stopped by Ctrl-C with its children', () =>
    inFolder(async (folder) => {
      const note = path.join(folder, 'note');
      const ended = run(folder, 'hang', ['--threads', '1'], { interruptWhen: note });
      const done = await ended;
      expect(done.code).toBe(130);
      const pids = (await readFile(note, 'utf8')).split(' ');
      // They have been told to end; on a busy machine they take a moment to.
      await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
    }));
});

function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
