import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { assay, fixture, inFolder } from './assay.js';

const root = process.getuid?.() === 0;

/** Real rows in a folder of their own, as CSV and as Parquet. */
async function withBank(body: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const csv = path.join(folder, 'bank.csv');
    await writeFile(csv, gunzipSync(await readFile(fixture('real/bank-sample.csv.gz'))));
    const engine = await createDuckDb({ threads: 2, memory: '500MB' });
    const run = createRun({ engine });
    const sql = `SELECT * FROM read_csv(${engine.dialect.text(csv)})`;
    await engine.write({ sql }, { kind: 'parquet', path: path.join(folder, 'bank.parquet') }, run);
    await run.close();
    await engine.close();
    await body(folder);
  });
}

/** Runs that were written, and drafts of runs. */
async function left(folder: string): Promise<readonly string[]> {
  return readdir(path.join(folder, '.assay', 'runs')).catch(() => []);
}

describe('faults from outside, injected for real', () => {
  it.each(['bank.csv', 'bank.parquet'])('%s changes while it is read', (name) =>
    withBank(async (folder) => {
      const file = path.join(folder, name);
      const before = await readFile(file);
      const ended = await assay(folder, ['audit', name, '--only', 'missing,duplicates'], {
        when: { said: /audit/, act: () => void appendFile(file, name.endsWith('csv') ? before : 'more') },
      });
      expect(ended.err).toMatch(/changed while it was read/);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(await left(folder)).toEqual([]);
      await writeFile(file, before);
      expect(await assay(folder, ['audit', name, '--only', 'missing', '--quiet'])).toMatchObject({ code: 0 });
    }),
  );

  it('a file that vanishes while it is read', () =>
    withBank(async (folder) => {
      const file = path.join(folder, 'bank.parquet');
      const ended = await assay(folder, ['audit', 'bank.parquet', '--only', 'missing'], {
        when: { said: /audit/, act: () => void rm(file) },
      });
      expect(ended.err).toMatch(/changed while it was read/);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(await left(folder)).toEqual([]);
    }));

  it('a file without the right to read it, and one in a folder without the right to enter', () =>
    withBank(async (folder) => {
      await chmod(path.join(folder, 'bank.csv'), 0o000);
      const closed = path.join(folder, 'closed');
      await mkdir(closed);
      await writeFile(path.join(closed, 'a.csv'), 'a,label\n1,0\n2,1\n');
      await chmod(closed, 0o000);
      try {
        for (const name of ['bank.csv', 'closed/a.csv']) {
          const ended = await assay(folder, ['audit', name, '--quiet'], { powerless: root });
          expect(ended.err).toMatch(/cannot be read: EACCES/);
          expect(ended).toMatchObject({ code: 3, out: '' });
        }
      } finally {
        await chmod(closed, 0o700);
      }
      expect(await left(folder)).toEqual([]);
    }));

  // A step is named when it is over: after the audit the trainings begin, after them the report is written.
  it.each([['run', /train/]])('SIGTERM to %s after %s', (command, said) =>
    withBank(async (folder) => {
      const before = await readFile(path.join(folder, 'bank.csv'));
      const ended = await assay(folder, [command, 'bank.csv', '--budget', '20s'], {
        when: { said, act: (child) => void child.kill('SIGTERM') },
      });
      expect(ended.err).toMatch(/Interrupted/);
      expect(ended).toMatchObject({ code: 130, out: '' });
      expect(await left(folder)).toEqual([]);
      expect((await readFile(path.join(folder, 'bank.csv'))).equals(before)).toBe(true);
      expect(await assay(folder, ['audit', 'bank.csv', '--only', 'missing', '--quiet'])).toMatchObject({ code: 0 });
    }),
  );

  it('SIGTERM while a file is read', () =>
    inFolder(async (folder) => {
      const lines = Array.from(
        { length: 1_000_000 },
        (_, i) => `${Math.imul(i, 0x9e3779b1) >>> 0},word ${i % 7919},${i % 2}`,
      );
      const text = ['a,b,label', ...lines, ''].join('\n');
      await writeFile(path.join(folder, 'big.csv'), text);
      let reading = false;
      const ended = await assay(folder, ['audit', 'big.csv', '--label', 'label', '--only', 'missing'], {
        started: (child) => {
          const look = setInterval(() => {
            reading = existsSync(path.join(folder, '.assay', 'cache'));
            if (!reading) return;
            clearInterval(look);
            child.kill('SIGTERM');
          }, 5);
          child.once('close', () => clearInterval(look));
        },
      });
      expect(reading).toBe(true);
      expect(ended.err).toMatch(/^assay: Interrupted\. Nothing was left behind\.\n$/);
      expect(ended).toMatchObject({ code: 130, out: '' });
      expect(await left(folder)).toEqual([]);
      expect(await readFile(path.join(folder, 'big.csv'), 'utf8')).toBe(text);
      expect(
        await assay(folder, ['audit', 'big.csv', '--label', 'label', '--only', 'missing', '--quiet']),
      ).toMatchObject({
        code: 0,
      });
    }));

  it('a clock that jumps by days, both ways, changes no result', () =>
    withBank(async (folder) => {
      const jumps = path.join(folder, 'jumps.mjs');
      await writeFile(
        jumps,
        `let calls = 0; const [now, tick] = [Date.now, performance.now.bind(performance)];
         const jump = () => (++calls % 3 - 1) * 86_400_000 * (calls % 17);
         Date.now = () => now() + jump();
         performance.now = () => tick() + jump();\n`,
      );
      const args = ['audit', 'bank.csv', '--only', 'missing,drift,label-noise', '--format', 'json'];
      const still = await assay(folder, args);
      const jumped = await assay(folder, args, { env: { NODE_OPTIONS: `--import ${jumps}` } });
      expect(still.code).toBe(0);
      expect(jumped).toMatchObject({ code: 0, out: still.out });
    }));

  it('an engine without memory says so, leaves nothing, and the next run works', () =>
    withBank(async (folder) => {
      const ended = await assay(folder, ['audit', 'bank.parquet', '--memory', '1MB', '--quiet']);
      expect(ended.err).toMatch(/memory/i);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(await left(folder)).toEqual([]);
      expect(await assay(folder, ['audit', 'bank.parquet', '--only', 'missing', '--quiet'])).toMatchObject({ code: 0 });
    }));
});
