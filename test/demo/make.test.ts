import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Source } from '../../src/core/engine.js';
import type { DemoFiles } from '../../src/demo/make.js';
import { createRun, type Run } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { makeDemo } from '../../src/demo/make.js';

let folder: string;
let engine: Engine;
let run: Run;
let demo: DemoFiles;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-demo-'));
  engine = await createDuckDb({ threads: 1 });
  run = createRun({ engine });
  demo = await makeDemo({ rows: 20_000, seed: 1, folder: path.join(folder, 'one') }, run);
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

function source(file: string): Source {
  return { files: [file], format: 'parquet', cache: path.join(folder, 'cache') };
}

describe('makeDemo', () => {
  it('writes the log with a time stamp, integer ids and the features in order', async () => {
    const { relation } = await engine.attach(source(demo.train), run);
    expect(relation.rows).toBe(demo.truth.rows);
    expect(relation.columns.map((c) => `${c.name} ${c.type}`).slice(0, 4)).toEqual([
      'time TIMESTAMP',
      'click INTEGER',
      'user INTEGER',
      'item INTEGER',
    ]);
    expect(relation.columns).toHaveLength(22);
    const [first] = await engine.rows(
      { sql: `SELECT min(c0) AS first, max(c0) AS last FROM ${relation.name}` },
      1,
      run,
    );
    expect(String(first!['first'])).toMatch(/^2026-01-05 00:/);
    expect(String(first!['last'])).toMatch(/^2026-02-01 /);
  });

  it('points its truth at the rows that are damaged', async () => {
    const log = (await engine.attach(source(demo.train), run)).relation.name;
    const truth = (await engine.attach(source(demo.truthRows), run)).relation.name;
    const joined = await engine.rows(
      {
        sql: `SELECT t.c1 AS defect, t.c2 AS mechanism, count(*) AS units,
          bool_and(CASE t.c2 WHEN 'slice' THEN l.c9 = 3 AND l.c1 = 1 WHEN 'false-positives' THEN l.c1 = 1
            WHEN 'disguised-block' THEN l.c15 = 0 AND l.c8 = 1 WHEN 'unit-change' THEN l.c10 = 2
            WHEN 'new-level' THEN l.c7 = 3 WHEN 'flipped-copies' THEN l.c1 = 0 ELSE true END) AS fits
          FROM ${truth} t JOIN ${log} l ON l.k = t.c0 GROUP BY ALL ORDER BY ALL`,
      },
      20,
      run,
    );
    const units = Object.fromEntries(demo.truth.planted.map((p) => [`${p.defect} ${p.mechanism}`, p.units]));
    expect(joined).toHaveLength(7);
    expect(joined.filter((row) => row['fits'] !== true)).toEqual([]);
    expect(joined.map((row) => Number(row['units']))).toEqual(
      joined.map((row) => units[`${String(row['defect'])} ${String(row['mechanism'])}`]),
    );
  });

  it('has exactly the planted copies and no chance repeat', async () => {
    const log = (await engine.attach(source(demo.train), run)).relation;
    const columns = log.columns.map((c) => c.id).join(', ');
    const [row] = await engine.rows(
      {
        sql: `SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT ${columns} FROM ${log.name})) AS copies FROM ${log.name}`,
      },
      1,
      run,
    );
    expect(Number(row!['copies'])).toBe(demo.truth.planted.find((p) => p.defect === 'duplicates')!.units);
  });

  it('writes the same bytes of truth again, and none without damage', async () => {
    const again = await makeDemo({ rows: 20_000, seed: 1, folder: path.join(folder, 'two') }, run);
    expect(await readFile(again.truthFile, 'utf8')).toBe(await readFile(demo.truthFile, 'utf8'));
    expect((await readFile(again.train)).equals(await readFile(demo.train))).toBe(true);
    const clean = await makeDemo({ rows: 2000, seed: 1, folder: path.join(folder, 'clean'), planted: false }, run);
    expect(clean.truth).toEqual({ generated: true, seed: 1, rows: 2000, planted: [] });
  });
});
