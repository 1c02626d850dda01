import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataComparison } from '../../src/core/data-comparison.js';
import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import { comparisonHtml } from '../../reports/comparison/html.js';
import { comparisonMarkdown } from '../../reports/comparison/markdown.js';
import { comparisonText } from '../../reports/comparison/text.js';
import { createExperiment } from '../../src/ablation/experiment.js';
import { openBoth } from '../../src/comparing/both.js';
import { compare } from '../../src/comparing/compare.js';
import { createContest } from '../../src/comparing/contest.js';
import { exactValues } from '../../src/comparing/move/exact-values.js';
import { findMoves } from '../../src/comparing/move/moves.js';
import { swapped } from '../../src/comparing/move/swap.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { demoRoles, makeDemo } from '../../src/demo/make.js';
import { buildFrame } from '../../src/models/frame/build.js';
import { createTrainer } from '../../src/models/pool/trainer.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-compare-'));
const log = path.join(folder, 'clean', 'log.parquet');
const file = (name: string): string => path.join(folder, `${name}.parquet`);
const open = { ...demoRoles, cache: path.join(folder, 'cache') };
let engine: Engine;

/** A version of the log, by SQL over its rows. */
async function version(name: string, select: string, where = ''): Promise<string> {
  const call = { id: 'test', signal: new AbortController().signal };
  await engine.write(
    { sql: `${select} FROM read_parquet('${log}') ${where}` },
    { kind: 'parquet', path: file(name) },
    call,
  );
  return file(name);
}

async function withRun<T>(threads: number, work: (run: Run) => Promise<T>): Promise<T> {
  const run = createRun({ engine, seed: 1, threads });
  try {
    return await work(run);
  } finally {
    await run.close();
  }
}

const compared = (after: string, threads = 2): Promise<DataComparison> =>
  withRun(threads, async (run) => {
    const both = await openBoth({ ...open, train: after }, log, run);
    return compare(both, { names: { a: 'A', b: 'B' }, defects: [], budget: 1, pairs: 2, seed: 1 }, run);
  });

beforeAll(async () => {
  engine = await createDuckDb({ memory: '1GB', threads: 2, temp: path.join(folder, 'spill') });
  await withRun(2, (run) => makeDemo({ rows: 20_000, seed: 1, folder: path.dirname(log), planted: false }, run));
  await version('hundredfold', 'SELECT * REPLACE (CASE WHEN hour = 20 THEN price * 100 ELSE price END AS price)');
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('compare', () => {
  it('names the column and the hour in which a price was multiplied, and nothing else', async () => {
    const found = await compared(file('hundredfold'));
    expect(found.causes.map(({ column, where, kind }) => ({ column, where, kind }))).toEqual([
      { column: 'price', where: 'hour = 20', kind: 'piece' },
    ]);
    const { difference } = found.auc!;
    expect(found.auc!.b.value - found.auc!.a.value).toBeCloseTo(difference.value, 12);
    expect(difference.low).toBeLessThan(difference.value);
    expect(difference.high).toBeGreaterThan(difference.value);
  });

  it('takes a change of unit back to the cell', async () => {
    await withRun(2, async (run) => {
      const both = await openBoth({ ...open, train: file('hundredfold') }, log, run);
      const frame = await buildFrame(both.study, run);
      const experiment = createExperiment(
        both.study,
        await createTrainer(frame, run),
        { rows: { train: null, evaluation: null }, rounds: 5 },
        run,
      );
      const { rows } = createContest(experiment, both);
      const moves = findMoves(frame, rows.a, rows.b);
      const values = await exactValues(both.study, frame, moves, run);
      const cells = swapped(frame, moves, values, run.random).get(moves[0]!.column)!;
      // B is A's rows in their order, so row i of B was row i of A.
      const wrong = rows.b.filter((row, i) => {
        const was = frame.bins[rows.a[i]! * frame.stride + moves[0]!.column]!;
        return Math.abs(cells[row]! - was) > 1;
      });
      expect(moves).toHaveLength(1);
      expect(wrong.length).toBe(0);
    });
  });

  it('finds no change between a log and itself, and says what would have been seen', async () => {
    const found = await compared(log);
    expect(found.causes).toEqual([]);
    expect(found.auc!.difference).toMatchObject({ value: 0, resolved: false });
    expect(found.verdict.code).toBe('not-resolved');
  });

  it('holds fewer rows for a change of its own', async () => {
    const found = await compared(await version('half', 'SELECT *', 'WHERE hash(user) % 2 = 0'));
    expect(found.causes.map(({ kind }) => kind)).toContain('rows');
  });

  it('names a column that has another name in the other', async () => {
    const after = await version('renamed', 'SELECT * EXCLUDE (battery), battery AS charge');
    const found = await compared(after);
    expect(found.schema).toEqual([{ column: 'battery', change: 'renamed', from: 'battery', to: 'charge' }]);
  });

  it('names columns whose like the other has not', async () => {
    const after = await version('other', 'SELECT * EXCLUDE (battery), price * 7 + 11 AS charge');
    const found = await compared(after);
    expect(found.schema.map(({ column, change }) => [column, change])).toEqual([
      ['battery', 'only-in-a'],
      ['charge', 'only-in-b'],
    ]);
  });

  it('gives equal bytes at any number of threads', async () => {
    const [one, two] = [await compared(file('hundredfold'), 1), await compared(file('hundredfold'), 2)];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  });

  it('escapes names in every form', async () => {
    const evil = '"><img src=x onerror=alert(1)>';
    const found: DataComparison = {
      ...(await compared(file('hundredfold'))),
      a: { name: evil, rows: 1, positives: 1 },
      schema: [{ column: `${evil}\n`, change: 'only-in-b', from: null, to: 'BIGINT' }],
    };
    expect(await comparisonHtml(found)).not.toContain('<img');
    expect(comparisonMarkdown(found)).not.toContain('<img');
    expect(comparisonText(found, { width: 80, color: false })).toContain(evil.slice(0, 10));
  });
});
