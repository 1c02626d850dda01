import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Recipe } from '../../src/cleaning/recipe/recipe.js';
import { printRecipe } from '../../src/cleaning/recipe/print.js';
import { writeCleaned } from '../../src/cleaning/files/write.js';
import { expr, planOf } from '../../src/core/plan.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
import { assay, inFolder } from './assay.js';

/** A disk of one megabyte; null where this process may not mount one. */
const disk = mountSmall();
afterAll(() => {
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(path.dirname(disk), { recursive: true });
});

function mountSmall(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-disk-'));
  const at = path.join(folder, 'small');
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at], { stdio: 'ignore' });
    return at;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

/** The finaliser of MurmurHash3: numbers that look like noise, the same in every run. */
function noise(i: number): number {
  const first = Math.imul(i ^ (i >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

/** Rows of numbers that no compression makes small. */
function rows(count: number): string {
  return [
    'a,b,label',
    ...Array.from({ length: count }, (_, i) => `${noise(i + 1)},${noise(-i - 1)},${i % 2}`),
    '',
  ].join('\n');
}

describe('a full disk (needs root on Linux, to mount a small one)', () => {
  beforeEach(async () => {
    for (const name of disk === null ? [] : await readdir(disk)) rmSync(path.join(disk!, name), { recursive: true });
  });

  it.skipIf(disk === null).each(['audit', 'run'])(
    'ends %s with exit 3, names what it wrote and leaves nothing',
    (command) =>
      inFolder(async (folder) => {
        await writeFile(path.join(folder, 'big.csv'), rows(300_000));
        const out = path.join(disk!, 'out');
        const ended = await assay(folder, [command, 'big.csv', '--label', 'label', '--quiet', '--out', out]);
        expect(ended.err).toMatch(/^assay: The disk is full while writing ".*small\/out.*\. Nothing was left behind/);
        expect(ended).toMatchObject({ code: 3, out: '' });
        expect(await left(disk!)).toEqual([]);
      }),
  );

  it.skipIf(disk === null)('leaves no half of a cleaning', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'big.csv'), rows(300_000));
      const engine = await createDuckDb({ threads: 2 });
      const run = createRun({ engine });
      const study = await openStudy(
        { train: path.join(folder, 'big.csv'), label: 'label', cache: path.join(folder, 'cache') },
        run,
      );
      const where = { rule: expr.cmp('=', expr.col('label'), expr.literal('BIGINT', '1')) };
      const plan = planOf('test', 'test', { verb: 'drop-row', where });
      const out = path.join(disk!, 'clean');
      await expect(writeCleaned(study, plan, out, run)).rejects.toMatchObject({ code: 'disk-full' });
      expect(await left(disk!)).toEqual([]);
      await engine.close();
    }),
  );

  it.skipIf(disk === null)('ends apply with exit 3, leaves nothing and the input as it was', () =>
    inFolder(async (folder) => {
      const text = rows(300_000);
      await writeFile(path.join(folder, 'big.csv'), text);
      await writeFile(path.join(folder, 'recipe.yaml'), printRecipe(withoutOnes, []));
      const ended = await assay(folder, ['apply', 'recipe.yaml', 'big.csv', '--out', path.join(disk!, 'out')]);
      expect(ended.err).toMatch(/^assay: The disk is full while writing ".*small\/out.*\. Nothing was left behind/);
      expect(ended).toMatchObject({ code: 3, out: '' });
      expect(await readdir(disk!)).toEqual([]);
      expect(await readFile(path.join(folder, 'big.csv'), 'utf8')).toBe(text);
      const next = await assay(folder, ['apply', 'recipe.yaml', 'big.csv', '--out', 'out']);
      expect(next).toMatchObject({ code: 0, err: '' });
    }),
  );

  it.skipIf(disk === null)(
    'that takes what does not fit into memory ends an audit with exit 3, and leaves nothing',
    () =>
      inFolder(async (folder) => {
        const engine = await createDuckDb({ threads: 2 });
        const run = createRun({ engine });
        const sql = `SELECT hash(i) AS a, hash(i * 7) % 3000000 AS b, 'some words ' || (hash(i * 3) % 2900000) AS t,
        'more words ' || hash(i * 5) AS u, CAST(hash(i * 11) % 10 < 2 AS INTEGER) AS label FROM range(800000) r(i)`;
        await engine.write({ sql }, { kind: 'parquet', path: path.join(folder, 'big.parquet') }, run);
        await engine.close();
        const args = [
          'audit',
          'big.parquet',
          '--label',
          'label',
          '--only',
          'duplicates',
          '--memory',
          '150MB',
          '--quiet',
        ];
        const ended = await assay(folder, args, { env: { TMPDIR: disk! } });
        expect(ended.err).toMatch(
          /^assay: The disk of ".*small.*" is full: what does not fit into memory is put there\./,
        );
        expect(ended).toMatchObject({ code: 3, out: '' });
        expect(await readdir(disk!)).toEqual([]);
        expect(await left(path.join(folder, '.assay'))).toEqual([]);
        expect(await assay(folder, args)).toMatchObject({ code: 0, err: '' });
      }),
  );
});

const ones = expr.cmp('=', expr.col('label'), expr.literal('BIGINT', '1'));
const withoutOnes: Recipe = {
  version: 1,
  made: { assay: '0.1.0', source: 'elsewhere', rows: 1 },
  label: null,
  weight: null,
  steps: [
    {
      defect: 'test',
      repair: 'test',
      title: 'drop the ones',
      strength: null,
      acceptedBy: 'person',
      evidence: null,
      plan: [{ id: 1, code: 'test', verb: 'drop-row', where: { rule: ones } }],
    },
  ],
  exceptions: [],
  rejected: [],
};

/** Files that are left, at any depth; empty folders do not count. */
async function left(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('a Parquet file that is damaged behind its footer', () => {
  let whole: Buffer;
  beforeAll(async () => {
    const engine = await createDuckDb({ threads: 2 });
    const run = createRun({ engine });
    await inFolder(async (folder) => {
      const file = path.join(folder, 'whole.parquet');
      const sql = `SELECT i AS id, 'word' || (i % 500) AS s, (i % 77) / 7.0 AS r, hash(i) % 2 AS label FROM range(100000) AS t(i)`;
      await engine.write({ sql }, { kind: 'parquet', path: file }, run);
      whole = await readFile(file);
    });
    await engine.close();
  });

  it.each([0.2, 0.5, 0.9])('is named, and ends with exit 3, where bytes from %d of it on are lost', (share) =>
    inFolder(async (folder) => {
      const from = Math.floor(whole.length * share);
      const damaged = Buffer.from(whole).fill(0xa5, from, Math.floor(whole.length * Math.min(share + 0.3, 0.97)));
      await writeFile(path.join(folder, 'bad.parquet'), damaged);
      const ended = await assay(folder, ['audit', 'bad.parquet', '--label', 'label', '--quiet']);
      expect(ended.err).toMatch(/^assay: ".*bad\.parquet" is not a whole Parquet file: /);
      expect(ended).toMatchObject({ code: 3, out: '' });
    }),
  );

  it('is named where a piece of its middle is missing', () =>
    inFolder(async (folder) => {
      const cut = Buffer.concat([
        whole.subarray(0, Math.floor(whole.length * 0.3)),
        whole.subarray(Math.floor(whole.length * 0.5)),
      ]);
      await writeFile(path.join(folder, 'cut.parquet'), cut);
      const ended = await assay(folder, ['audit', 'cut.parquet', '--label', 'label', '--quiet']);
      expect(ended.err).toMatch(/^assay: ".*cut\.parquet" is not a whole Parquet file: /);
      expect(ended).toMatchObject({ code: 3, out: '' });
    }));
});
