import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { OutOfFold } from '../../src/derived/out-of-fold.js';
import { labelNoise } from '../../analyzers/label-noise/index.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { allPredictions } from '../../src/derived/all-predictions.js';
import { outOfFold } from '../../src/derived/out-of-fold.js';
import { drawnUnits, sampledUnits } from '../../src/derived/sampled-units.js';
import { buildFrame } from '../../src/models/frame/build.js';
import { predict } from '../../src/models/gbdt/model.js';
import { hours, integers, numbers, smallStudy, texts } from '../analyzers/small-study.js';

const rows = 9000;
const wanted = 3000;
const random = createRandom(9);
const draw = (name: string): readonly number[] => Array.from({ length: rows }, (_, i) => random.fork(name).at(i));
const [x, coin, word, hole] = ['x', 'coin', 'word', 'hole'].map(draw) as [number[], number[], number[], number[]];
const users = draw('user').map((u, i) => (i % 20 === 0 ? null : `u${Math.floor(u * 900)}`));
const sources = draw('source').map((u) => Math.floor(4 * u));
/** Five days. */
const hourly = rows / 120;
const first = Date.UTC(2026, 0, 5) / 1000;
const honest = x.map((v, i) => Number(coin[i]! < (v > 0.5 ? 0.99 : 0.01)));

let engine: Engine;
let run: Run;
let study: Study;
let sample: Study;
let scores: OutOfFold;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine, threads: 2 });
  study = await log('every_row', honest, run);
  sample = await sampledUnits(study, wanted, run);
  scores = await outOfFold(sample, run, { folds: 'user', keep: true });
});
afterAll(async () => {
  await run.close();
  await engine.close();
});

function log(name: string, label: readonly number[], asked: Run): Promise<Study> {
  const columns = [
    numbers(
      'x',
      x.map((v, i) => (hole[i]! < 0.05 ? null : v)),
    ),
    texts(
      'word',
      // Some words are in few rows, so that the sample has not seen all of them.
      word.map((u) => `w${Math.floor(300 * u ** 3)}`),
    ),
    texts('user', users),
    integers('source', sources),
    hours(
      'time',
      x.map((_, i) => i / hourly),
    ),
    integers('y', label),
  ];
  return smallStudy(name, columns, { label: 'y', user: 'user', time: 'time' }, asked);
}

async function stored(table: string, asked: Run): Promise<ReadonlyMap<number, number>> {
  const all = await asked.engine.rows({ sql: `SELECT k, p FROM ${table} ORDER BY k` }, rows, asked);
  expect(all).toHaveLength(rows);
  return new Map(all.map((row) => [Number(row['k']), Number(row['p'])]));
}

describe('probabilities of all rows from a sample', () => {
  it('are those of the study itself where it is no sample', async () => {
    expect(await allPredictions(study, rows, scores, run)).toBe(scores.table);
  });

  it('keep those of the sample, and give a row outside what its fold’s models give it inside a frame', async () => {
    const p = await stored(await allPredictions(study, wanted, scores, run), run);
    const alone = await outOfFold(sample, run, { folds: 'user' });
    expect(alone.models).toEqual([]);
    expect([...alone.keys].map((k) => p.get(Number(k)))).toEqual([...alone.p]);

    // Edges and levels of the sample, rows of all.
    const frame = await buildFrame({ ...study, train: sample.train }, run);
    const { draw: sql, share } = drawnUnits(study, wanted, engine.dialect)!;
    const drawn = await engine.rows({ sql: `SELECT ${sql} AS u FROM ${study.train.name} ORDER BY k` }, rows, run);
    const outside = Int32Array.from(drawn.keys()).filter((row) => !(Number(drawn[row]!['u']) < share));
    expect(outside.length).toBe(rows - alone.keys.length);
    const says = scores.models.map((folds) => folds.map((model) => predict(model, frame, outside)));
    outside.forEach((row, i) => {
      let place = (Number(drawn[row]!['u']) - share) / (1 - share);
      let mean = 0;
      for (const folds of says) {
        const fold = Math.floor(place * folds.length);
        place = place * folds.length - fold;
        mean += folds[fold]![i]! / says.length;
      }
      expect(p.get(row)).toBe(mean);
    });
    expect(new Set([...outside].map((row) => p.get(row))).size).toBeGreaterThan(100);
  });

  it('do not depend on threads', async () => {
    const one = await createDuckDb({ threads: 1 });
    const alone = createRun({ engine: one, threads: 1 });
    const same = await log('every_row', honest, alone);
    const theirs = await outOfFold(await sampledUnits(same, wanted, alone), alone, { folds: 'user', keep: true });
    const table = await allPredictions(same, wanted, theirs, alone);
    expect(await stored(table, alone)).toEqual(await stored(await allPredictions(study, wanted, scores, run), run));
    await alone.close();
    await one.close();
  });
});

async function flagsOf(flagged: string): Promise<ReadonlyMap<number, string>> {
  const all = await engine.rows({ sql: `SELECT k, code FROM ${flagged}` }, rows, run);
  return new Map(all.map((row) => [Number(row['k']), String(row['code'])]));
}

describe('label noise in rows outside the sample', () => {
  it('is on the review lists, which are of all rows', async () => {
    const inside = new Set([...scores.keys].map(Number));
    const outside = Array.from({ length: rows }, (_, i) => i).filter((i) => !inside.has(i));
    const wrong = outside.filter((_, at) => at % 300 === 0);
    const label = honest.map((y, i) => (wrong.includes(i) ? 1 - y : y));
    const damaged = await log('wrong_outside', label, run);
    const evidence = await labelNoise.with({ rows: wanted, budget: 0.03 }).detect(damaged, run);
    const flags = await flagsOf(evidence.flagged!.relation);
    expect(flags.size).toBe(evidence.flagged!.rows);
    expect(evidence.score).toBeCloseTo(flags.size / rows, 12);
    expect(wrong.filter((row) => flags.has(row)).length).toBeGreaterThan(0.8 * wrong.length);
    const [given] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${evidence.predictions!}` }, 1, run);
    expect(Number(given!['n'])).toBe(rows);
  });

  it.each([
    ['all rows', 4_000_000],
    ['a sample', wanted + 1000],
  ])('is found in a slice of %s, and counted and flagged over all rows', async (_, sliceRows) => {
    const slip = draw('slip');
    const inSlice = (i: number): boolean => sources[i] === 3 && [1, 2].includes(Math.floor(i / hourly / 24));
    const label = x.map((v, i) => Number(coin[i]! < (v > 0.8 ? 0.9 : 0.03) || (inSlice(i) && slip[i]! < 0.9)));
    const evidence = await labelNoise
      .with({ rows: wanted, sliceRows })
      .detect(await log(`wrong_slice_${sliceRows}`, label, run), run);
    const [hot, ...others] = evidence.findings.filter(({ code }) => code === 'label-noise.hot-slice');
    expect(others).toEqual([]);
    expect(hot!.args).toMatchObject({ column: 'source', value: '3' });
    const [from, to] = [Number(hot!.args['from']), Number(hot!.args['to'])];
    const hit = Array.from(sources.keys()).filter((i) => {
      const moment = (i / hourly) * 3600;
      return sources[i] === 3 && moment >= from - first && moment < to - first;
    });
    expect(hit.length).toBeGreaterThan(400);
    const positives = hit.filter((i) => label[i] === 1);
    expect(hot!.args).toMatchObject({ rows: hit.length, positives: positives.length });
    expect(Number(hot!.args['z'])).toBeGreaterThan(Number(hot!.args['zSample']));
    const flags = await flagsOf(evidence.flagged!.relation);
    const named = [...flags].filter(([, code]) => code === 'label-noise.in-hot-slice').map(([k]) => k);
    expect(named.toSorted((a, b) => a - b)).toEqual(positives);
  });
});
