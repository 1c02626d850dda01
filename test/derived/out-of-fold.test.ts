import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Study } from '../../src/core/study.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { outOfFold } from '../../src/derived/out-of-fold.js';
import { auc } from '../../src/stats/auc.js';
import { tableStudy } from '../models/table-study.js';

const rows = 3000;
const random = createRandom(5);
const x = Array.from({ length: rows }, (_, i) => random.fork('x').at(i));
const coin = Array.from({ length: rows }, (_, i) => random.fork('coin').at(i));
const label = x.map((v, i) => (coin[i]! < 0.05 + 0.4 * v ? 1 : 0));
const training = Array.from({ length: rows }, (_, i) => i).filter((i) => i % 10 !== 9);
const part = x.map((_, i) => (i % 10 === 9 ? 2 : 0));

let engine: Engine;
let study: Study;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  study = await tableStudy(
    'oof',
    [
      { name: 'x', type: 'DOUBLE', values: x, kind: 'numeric' },
      // Tells each row apart, so that a model that has seen the row would know its label.
      { name: 'id', type: 'DOUBLE', values: x.map((_, i) => i), kind: 'numeric' },
      { name: 'user', type: 'VARCHAR', values: x.map((_, i) => `u${i % 600}`), role: 'user' },
      { name: 'time', type: 'DOUBLE', values: x.map((_, i) => i * 300), role: 'time' },
    ],
    label,
    part,
    createRun({ engine }),
  );
});
afterAll(() => engine.close());

describe('outOfFold', () => {
  it.each(['user', 'days'] as const)(
    'predicts the training rows, not their own labels (folds by %s)',
    async (folds) => {
      const run = createRun({ engine, threads: 2 });
      const { keys, p, table } = await outOfFold(study, run, { folds });
      expect([...keys]).toEqual(training.map(BigInt));
      const given = Uint8Array.from(training, (i) => label[i]!);
      const truth = Float64Array.from(training, (i) => 0.05 + 0.4 * x[i]!);
      expect(auc(p, given)).toBeGreaterThan(auc(truth, given) - 0.04);
      expect(auc(p, given)).toBeLessThan(auc(truth, given) + 0.01);
      const mean = (list: Iterable<number>): number => [...list].reduce((s, v) => s + v, 0) / training.length;
      expect(Math.abs(mean(p) - mean(given))).toBeLessThan(0.01);
      const stored = await engine.rows({ sql: `SELECT k, p FROM ${table} ORDER BY k` }, rows, run);
      expect(stored.map((row) => row['p'])).toEqual([...p]);
      await run.close();
    },
  );

  it('is computed once a run, and does not depend on threads or on who asks', async () => {
    const one = createRun({ engine, threads: 1 });
    const two = createRun({ engine, threads: 2 });
    const first = await outOfFold(study, one);
    expect(await outOfFold(study, one.within('label-noise'))).toBe(first);
    expect((await outOfFold(study, two.within('drift'))).p).toEqual(first.p);
    const other = createRun({ engine, threads: 2, seed: 2 });
    expect((await outOfFold(study, other)).p).not.toEqual(first.p);
    for (const run of [one, two, other]) await run.close();
  });
});
