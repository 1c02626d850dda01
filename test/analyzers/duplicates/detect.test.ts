import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duplicates } from '../../../analyzers/duplicates/index.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { equalRows } from '../../../src/dataset/sql/shapes/equal-rows.js';
import { integers, numbers, smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const base = [
  texts('id', ['u1', 'u2', 'u3', 'u4', 'u5', 'u6']),
  numbers('x', [1, 2, 1, null, null, 1]),
  texts('t', ['a', 'b', 'a', null, null, 'a']),
  integers('y', [0, 1, 0, 1, 1, 1]),
];

describe('duplicates', () => {
  it('flags the copies beyond the first, apart from a column that only names rows; nulls equal nulls', async () => {
    const study = await smallStudy('copies', base, { label: 'y', exclude: ['id'] }, run);
    const evidence = await duplicates.detect(study, run);
    const sql = `SELECT k, args FROM ${evidence.flagged!.relation} ORDER BY k`;
    expect((await engine.rows({ sql }, 10, run)).map((r) => [Number(r['k']), r['args']])).toEqual([
      [2, '{"first":"0","size":2}'],
      [4, '{"first":"3","size":2}'],
    ]);
    expect(evidence.findings[0]!.args).toMatchObject({ copies: 2, groups: 2, apart: ['id'] });
    expect(evidence.score).toBeCloseTo(2 / 6, 12);
  });

  it('finds none where the naming column is a feature', async () => {
    expect((await duplicates.detect(await smallStudy('named', base, { label: 'y' }, run), run)).flagged).toBeNull();
  });

  it('compares values, so that a hash collision makes no duplicate', async () => {
    const study = await smallStudy('collision', base, { label: 'y', exclude: ['id'] }, run);
    const columns = study.train.columns.slice(1);
    await engine.write({ sql: 'SELECT k FROM collision' }, { kind: 'table', name: 'every_row' }, run);
    const rows = await engine.rows(equalRows(study.train, columns, 'every_row'), 10, run);
    expect(rows.map((r) => Number(r['k'])).toSorted((a, b) => a - b)).toEqual([0, 2, 3, 4]);
  });

  it('weights each group as one row', async () => {
    const study = await smallStudy('weights', base, { label: 'y', exclude: ['id'] }, run);
    const evidence = await duplicates.detect(study, run);
    if (typeof duplicates.repair !== 'function') throw new Error('no repair');
    const [keep, weight] = await duplicates.repair(study, evidence, run);
    expect(keep).toMatchObject({ id: 'keep-first', units: 2 });
    expect(weight!.plan.steps).toMatchObject([{ verb: 'weight-row', factor: 0.5 }]);
  });
});
