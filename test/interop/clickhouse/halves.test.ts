import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const script = new URL('half.js', import.meta.url).pathname;

/** Aggregates of the shapes: combinator-free name with its arguments, over a table `(u, x, y, h)`. */
const aggregates = {
  rows: ['count', ''],
  users: ['uniqExact', 'u'],
  sketch: ['uniqCombined64(17)', 'u'],
  low: ['min', 'x'],
  high: ['max', 'x'],
  total: ['sum', 'y'],
  fingerprint: ['groupBitXor', 'h'],
  median: ['quantileExactInclusive(0.5)', 'x'],
  mean: ['avg', 'x'],
  spread: ['varPopStable', 'x'],
  together: ['corrStable', 'x, y'],
} as const;
/** Sums of floats depend on their order in the last digits. */
const floats = new Set<string>(['mean', 'spread', 'together']);

const table = `(SELECT number % 997 AS u, (number * 7919 % 100003) / 97 AS x, toInt64(number * 7919 % 100003 > 60000) AS y, sipHash64(tuple(number)) AS h, number FROM numbers(200000))`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-halves-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function engine(name: string, sql: string): string {
  return execFileSync(process.execPath, [script, join(folder, name), sql], { encoding: 'utf8' });
}

function call(suffix: 'State' | 'Merge' | '', name: string, args: string): string {
  const [word, parameters = ''] = name.split(/(?=\()/);
  return `${word}${suffix}${parameters}(${args})`;
}

it('states of two halves, made by two processes, merge to what one pass says', () => {
  const entries = Object.entries(aggregates);
  const states = entries.map(([as, [name, args]]) => `${call('State', name, args)} AS ${as}`).join(', ');
  for (const half of [0, 1]) {
    const path = join(folder, `half${half}.native`);
    engine(
      `data${half}`,
      `INSERT INTO FUNCTION file('${path}', Native) SELECT ${states} FROM ${table} WHERE number % 2 = ${half}`,
    );
  }
  const merges = entries.map(([as, [name]]) => `${call('Merge', name, as)} AS ${as}`).join(', ');
  const merged = JSON.parse(
    engine('merged', `SELECT ${merges} FROM file('${join(folder, 'half*.native')}', Native)`),
  ) as object;
  const whole = entries.map(([as, [name, args]]) => `${call('', name, args)} AS ${as}`).join(', ');
  const once = JSON.parse(engine('once', `SELECT ${whole} FROM ${table}`)) as Record<string, unknown>;
  const unlike = Object.entries(merged).filter(([as, value]) =>
    floats.has(as) ? Math.abs(Number(value) - Number(once[as])) > 1e-12 * Math.abs(Number(value)) : value !== once[as],
  );
  expect(unlike).toEqual([]);
});
