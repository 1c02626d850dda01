import type { Engine } from '../../../src/core/engine.js';
import type { Evidence, Finding } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Row } from './drift-log.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drift } from '../../../analyzers/drift/index.js';
import { argText } from '../../../src/core/arg-text.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../../src/dataset/open.js';
import { driftLog } from './drift-log.js';

let engine: Engine;
let folder: string;
let run: Run;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-drift-'));
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function detected(name: string, damage?: (row: Row) => void): Promise<{ study: Study; evidence: Evidence }> {
  const study = await driftLog(folder, name, run, damage);
  return { study, evidence: await drift.detect(study, run) };
}

function codes({ findings }: Evidence): string[] {
  return findings.map(({ code, args }) => `${code} ${argText(args['column'])}`).toSorted();
}

function one({ findings }: Evidence, code: string): Finding['args'] {
  const found = findings.filter((finding) => finding.code === code);
  expect(found).toHaveLength(1);
  return found[0]!.args;
}

describe('drift in time', () => {
  it('is quiet on an honest log, apart from what the calendar moves', async () => {
    const { evidence } = await detected('honest');
    expect(codes(evidence)).toEqual(['drift.calendar tenure', 'drift.calendar weekday']);
    expect(evidence.findings.every((finding) => finding.severity === 'note')).toBe(true);
    expect(evidence.score).toBe(0);
    expect(evidence.flagged).toBeNull();
    expect(evidence.measurements.filter((m) => m.unit === 'psi').map((m) => m.column)).toEqual([
      'country',
      'price',
      'cents',
      'device',
      'weekday',
      'tenure',
    ]);
  });

  it('takes values that are new by nature for what they are, and a new vocabulary for drift', async () => {
    await driftLog(folder, 'names', run);
    const wide = join(folder, 'names-wide.parquet');
    const [late, draw] = [`time >= TIMESTAMP '2026-01-15'`, `hash(CAST(time AS VARCHAR) || user)`];
    const sql = `SELECT *, 'r' || row_number() OVER (ORDER BY time) AS request, 'n' || ${draw} % 20000 AS name,
      CASE WHEN ${late} THEN 'new' ELSE 'old' END || ${draw} % 2000 AS word FROM read_parquet('${join(folder, 'names.parquet')}')`;
    await engine.write({ sql }, { kind: 'parquet', path: wide }, run);
    const roles = { label: 'click', positive: '1', time: 'time', user: 'user' };
    const evidence = await drift.detect(
      await openStudy({ train: wide, ...roles, cache: join(folder, 'cache') }, run),
      run,
    );
    expect(codes(evidence)).toEqual(['drift.calendar tenure', 'drift.calendar weekday', 'drift.new-values word']);
  });

  it('finds a change of unit with its slice, day and factor, and flags its cells', async () => {
    const { study, evidence } = await detected('unit', (row) => {
      if (row.country === 'it' && row.t >= 17) row.price = Math.round(row.price * 100);
    });
    const args = one(evidence, 'drift.unit-change');
    expect(args).toMatchObject({ column: 'price', slice: 'country', value: 'it', from: '2026-01-22', factor: 100 });
    const [row = {}] = await engine.rows(
      { sql: `SELECT count(*) AS n FROM ${study.train.name} WHERE c3 = 'it' AND c0 >= TIMESTAMP '2026-01-22'` },
      1,
      run,
    );
    expect(args['rows']).toBe(Number(row['n']));
    expect(evidence.flagged?.rows).toBe(args['rows']);
    const [flags = {}] = await engine.rows(
      { sql: `SELECT count(*) AS n, min(score) AS score FROM ${evidence.flagged!.relation}` },
      1,
      run,
    );
    expect(Number(flags['n'])).toBe(args['rows']);
  });

  it('finds one of all rows, begun at noon, and its inverse in a column of whole numbers', async () => {
    const { evidence } = await detected('everywhere', (row) => {
      if (row.t >= 9.5) row.price *= 1000;
      if (row.t >= 12) row.cents = Math.round(row.cents / 10);
    });
    const found = evidence.findings.filter((f) => f.code === 'drift.unit-change').map((f) => f.args);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ column: 'price', slice: null, from: '2026-01-14T12:00:00Z', factor: 1000 });
    expect(found[1]).toMatchObject({ column: 'cents', slice: null, from: '2026-01-17', factor: 0.1 });
  });

  it('does not take a dearer assortment, or a mixture of units, for a change of unit', async () => {
    const { evidence } = await detected('dearer', (row) => {
      if (row.t >= 12) row.price *= 2;
      if (row.t >= 12 && row.user % 2 === 0) row.cents *= 10;
    });
    expect(evidence.findings.filter((f) => f.code === 'drift.unit-change')).toEqual([]);
    expect(codes(evidence)).toContain('drift.moved price');
  });

  it('names a new value of a column of few', async () => {
    const { evidence } = await detected('device', (row) => {
      if (row.t >= 16 && row.user % 8 === 0) row.device = 9;
    });
    const args = one(evidence, 'drift.new-values');
    expect(args).toMatchObject({ column: 'device', values: ['9'] });
    expect(evidence.flagged?.rows).toBe(args['rows']);
  });

  it('knows an age from a shift', async () => {
    const { evidence } = await detected('age', (row) => {
      if (row.t >= 16) row.price += 30;
    });
    expect(codes(evidence)).toContain('drift.moved price');
    expect(codes(evidence)).not.toContain('drift.moved tenure');
  });

  it('gives the same evidence for another number of threads', async () => {
    const study = await driftLog(folder, 'threads', run, (row) => {
      if (row.t >= 16) row.price += 5;
    });
    const narrow = await createDuckDb({ threads: 1 });
    const alone = createRun({ engine: narrow });
    const same = await driftLog(folder, 'threads', alone, (row) => {
      if (row.t >= 16) row.price += 5;
    });
    expect(await drift.detect(same, alone)).toEqual(await drift.detect(study, createRun({ engine })));
    await narrow.close();
  });
});

function real(file: string): string {
  return fileURLToPath(new URL(`../../../fixtures/real/${file}`, import.meta.url));
}

/** One logging policy against a reference file. */
async function againstReference(reference: string): Promise<Study> {
  const roles = { label: 'click', time: 'timestamp', item: 'item_id' };
  const train = real('open-bandit-random-men.csv.gz');
  return openStudy({ train, reference: real(reference), ...roles, cache: join(folder, 'cache') }, run);
}

describe('drift against a reference', () => {
  it('flags exactly what a recommendation policy controls', async () => {
    const evidence = await drift.detect(await againstReference('open-bandit-bts-men.csv.gz'), run);
    expect(codes(evidence)).toEqual(['drift.moved item_id', 'drift.moved propensity_score']);
    expect(evidence.measurements.find((m) => m.name === 'drift.columns')?.value).toBe(2);
  });

  it('flags nothing against itself', async () => {
    const evidence = await drift.detect(await againstReference('open-bandit-random-men.csv.gz'), run);
    expect(evidence.findings).toEqual([]);
  });
});
