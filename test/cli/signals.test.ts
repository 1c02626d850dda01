import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Expr } from '../../src/core/plan.js';
import type { Recipe } from '../../src/cleaning/recipe/recipe.js';
import { printRecipe } from '../../src/cleaning/recipe/print.js';
import { expr } from '../../src/core/plan.js';
import { assay, fixture } from './assay.js';

const whole = (value: number | null): Expr => expr.literal('BIGINT', value === null ? null : String(value));
const above = (name: string, value: number): { readonly rule: Expr } => ({
  rule: expr.cmp('>', expr.col(name), whole(value)),
});

/** Five sixths of real rows, twice, a recipe and what it made of the first, for commands to work on. */
let folder: string;
const inputs = ['a.csv', 'b.csv', 'recipe.yaml'] as const;

const recipe: Recipe = {
  version: 1,
  made: { assay: '0.1.0', source: 'rows', rows: 1 },
  label: 'y',
  weight: null,
  steps: [
    {
      defect: 'outliers',
      repair: 'null-far',
      title: 'null large balances, drop the old',
      strength: null,
      acceptedBy: 'person',
      evidence: null,
      plan: [
        { id: 1, code: 'c', verb: 'set-cell', column: 'balance', where: above('balance', 5000), to: whole(null) },
        { id: 2, code: 'c', verb: 'drop-row', where: above('age', 60) },
      ],
    },
  ],
  exceptions: [],
  rejected: [],
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-signals-'));
  const [head, ...lines] = gunzipSync(await readFile(fixture('real/bank-sample.csv.gz')))
    .toString()
    .trimEnd()
    .split('\n');
  const most = (at: number): string => [head, ...lines.filter((_, i) => i % 6 !== at), ''].join('\n');
  await writeFile(path.join(folder, 'a.csv'), most(0));
  await writeFile(path.join(folder, 'b.csv'), most(1));
  await writeFile(path.join(folder, 'recipe.yaml'), printRecipe(recipe, []));
  await undisturbed(['apply', 'recipe.yaml', 'a.csv', '--out', 'made']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What commands write, besides runs: a folder that is whole with its manifest, or a file. */
const commands: readonly [string, readonly string[], string][] = [
  ['audit', ['a.csv', '--only', 'missing,duplicates'], 'runs'],
  ['run', ['a.csv', '--only', 'missing', '--budget', '1s'], 'runs'],
  // No repair is proven to pay in so few rows, so a run is all that is written.
  ['clean', ['a.csv', '--only', 'missing', '--budget', '1s', '--out', 'out'], 'runs'],
  ['apply', ['recipe.yaml', 'a.csv', '--out', 'out'], 'out/manifest.json'],
  ['undo', ['made', '--out', 'back.csv'], 'back.csv'],
  ['gate', ['a.csv', '--no-train'], 'runs'],
  ['compare', ['a.csv', 'b.csv', '--pairs', '2', '--only', 'missing'], 'stdout'],
];

const runs = async (): Promise<readonly string[]> =>
  (await readdir(path.join(folder, '.assay', 'runs')).catch(() => [])).filter((name) => /^\d{8}-/.test(name)).sort();
const bytes = (): Promise<readonly Buffer[]> => Promise.all(inputs.map((name) => readFile(path.join(folder, name))));

/** Milliseconds of a command that nobody disturbs. */
async function undisturbed(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const { code, err } = await assay(folder, args);
  if (code !== 0 && code !== 1) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return performance.now() - begun;
}

/** What is there of the results of a command: runs beside those that were there before, and what it makes. */
async function written(made: string, known: readonly string[]): Promise<readonly string[]> {
  const names = [made, path.dirname(made)].filter((name) => !['.', 'runs', 'stdout'].includes(name));
  return [
    ...(await runs()).filter((name) => !known.includes(name)),
    ...names.filter((name) => existsSync(path.join(folder, name))),
  ];
}

async function clear(): Promise<void> {
  for (const name of ['out', 'back.csv']) await rm(path.join(folder, name), { recursive: true, force: true });
}

describe('a signal in the middle of', () => {
  it.each(commands)('%s leaves the data, nothing half-written, and the next run works', async (command, rest, made) => {
    const args = [command, ...rest];
    const before = await bytes();
    const known = await runs();
    const milliseconds = await undisturbed(args);
    const results = await written(made, known);
    expect(results.length > 0).toBe(made !== 'stdout');
    // A signal that comes too late finds all done, and may still cut off the exit code or the last word; one before the
    // program is loaded gets no answer, and nothing was done.
    const all = results.length;
    const late = [0, 1, null].map((code) => ({ code, said: true, left: all }));
    const stopped = (code: 130 | null): (typeof late)[number][] =>
      [0, all].map((left) => ({ code, said: false, left }));
    for (const [signal, ends] of [
      ['SIGTERM', [...stopped(130), ...stopped(null), ...late]],
      ['SIGKILL', [...stopped(null), ...late]],
    ] as const) {
      let said = true;
      // How long a command takes depends on what else the machine does, so one that was through is run again, until the
      // signal comes before its end.
      for (let share = 0.8; said; share *= 0.7) {
        await clear();
        const earlier = await runs();
        const { code, out } = await assay(folder, args, {
          started: (child) => void setTimeout(() => child.kill(signal), share * milliseconds),
        });
        said = out !== '';
        expect(ends).toContainEqual({ code, said, left: (await written(made, earlier)).length });
      }
    }
    expect(await bytes()).toEqual(before);
    await clear();
    // What runs leave behind is the same for all commands; the first of them shows that the next one works.
    if (command === 'audit' || made.includes('.')) await undisturbed(args);
    await clear();
  });
});

describe('a worker thread that dies in the middle of a training', () => {
  /** Read by every thread of the process; ends a worker the third time that it scores rows. */
  const dies = `import { isMainThread } from 'node:worker_threads';
    const own = Object.getPrototypeOf(Float64Array.prototype);
    const { map } = own;
    let calls = 0;
    if (!isMainThread) own.map = function (...args) {
      if (this instanceof Float64Array && ++calls > 2) process.exit(9);
      return map.apply(this, args);
    };\n`;

  it('fails the analyzer that asked for it, and the audit tells so', async () => {
    await writeFile(path.join(folder, 'dies.mjs'), dies);
    const env = { NODE_OPTIONS: `--import ${path.join(folder, 'dies.mjs')}` };
    const ended = await assay(folder, ['audit', 'a.csv', '--only', 'missing,label-noise', '--quiet'], { env });
    expect(ended.out).toMatch(/INCOMPLETE/);
    expect(ended.out).toMatch(/Label noise +failed: A worker stopped/);
    expect(await assay(folder, ['audit', 'a.csv', '--only', 'label-noise', '--quiet'])).toMatchObject({ code: 0 });
  });

  it('ends a run, which leaves nothing', async () => {
    await writeFile(path.join(folder, 'dies.mjs'), dies);
    const env = { NODE_OPTIONS: `--import ${path.join(folder, 'dies.mjs')}` };
    const known = await runs();
    const ended = await assay(folder, ['run', 'a.csv', '--budget', '2s', '--quiet'], { env });
    expect(ended.err).toMatch(/A worker stopped/);
    expect(ended).toMatchObject({ code: 4, out: '' });
    expect(await runs()).toEqual(known);
  });
});
