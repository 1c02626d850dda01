import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import type { Slice } from '../../src/core/slice.js';
import { slicesOf } from '../../src/derived/slices/slices.js';
import { hours, integers, numbers, smallStudy } from '../analyzers/small-study.js';

let engine: Engine;
let run: Run;
let made = 0;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

/** 14 days, 8 sources, a number that means nothing; a mark on 2% of rows and on `dose` of those of day 6 and source 3. */
async function found(dose: number, seed: number, rows = 20_000): Promise<readonly Slice[]> {
  const random = createRandom(seed);
  const draw = (name: string): readonly number[] => Array.from({ length: rows }, (_, i) => random.fork(name).at(i));
  const time = draw('time').map((u) => u * 14 * 24);
  const source = draw('source').map((u) => Math.floor(u * 8));
  const name = `sliced_${++made}`;
  const study = await smallStudy(
    name,
    [hours('time', time), integers('source', source), numbers('amount', draw('amount'))],
    { time: 'time' },
    run,
  );
  const hit = draw('mark').map((u, i) => u < (Math.floor(time[i]! / 24) === 6 && source[i] === 3 ? dose : 0.02));
  await engine.put(
    `${name}_marks`,
    [{ name: 'k', type: 'BIGINT', values: BigInt64Array.from(hit.flatMap((h, i) => (h ? [BigInt(i)] : []))) }],
    run,
  );
  return slicesOf(study, name, { sql: `SELECT k, 1 AS y, 0 AS e FROM ${name}_marks` }, run);
}

describe('slices', () => {
  it.each([1, 2, 3])('names the cell of day and source, once, seed %i', async (seed) => {
    const slices = await found(0.3, seed);
    expect(slices.map((s) => s.slice)).toEqual(['time = 2026-01-11, source = 3']);
    expect(slices[0]!.rate).toBeGreaterThan(slices[0]!.low);
    expect(slices[0]!.lift).toBeGreaterThan(8);
  });

  it.each([1, 2, 3])('is quiet where marks are even, seed %i', async (seed) => {
    expect(await found(0.02, seed)).toEqual([]);
  });

  it('is quiet where marks are even and slices are so many that some hold five of a mark by chance', async () => {
    const rows = 20_000;
    const random = createRandom(2).fork('many');
    const draw = (name: string): readonly number[] => {
      const fork = random.fork(name);
      return Array.from({ length: rows }, (_, i) => fork.at(i));
    };
    const names = Array.from({ length: 8 }, (_, i) => `level${i}`);
    const columns = names.map((name) =>
      integers(
        name,
        draw(name).map((u) => Math.floor(u * 25)),
      ),
    );
    const study = await smallStudy('sliced_many', columns, {}, run);
    const hit = draw('mark').flatMap((u, i) => (u < 0.01 ? [BigInt(i)] : []));
    await engine.put('many_marks', [{ name: 'k', type: 'BIGINT', values: BigInt64Array.from(hit) }], run);
    // By the normal distribution five marks among 32 rows at 1 in 100 have a chance of 1e-16; they have one of 2e-5.
    expect(await slicesOf(study, 'many', { sql: 'SELECT k, 1 AS y, 0 AS e FROM many_marks' }, run)).toEqual([]);
  });

  it('gives the same for one thread', async () => {
    const one = await createDuckDb({ threads: 1 });
    const [before, beforeRun] = [engine, run];
    const many = await found(0.3, 4);
    [engine, run] = [one, createRun({ engine: one })];
    expect(await found(0.3, 4)).toEqual(many);
    [engine, run] = [before, beforeRun];
    await one.close();
  });
});
