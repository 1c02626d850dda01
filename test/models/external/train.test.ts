import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/core/engine.js';
import type { ExternalCommand } from '../../../src/models/external/command.js';
import type { Run } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { createRun } from '../../../src/core/run.js';
import { trainExternal } from '../../../src/models/external/train.js';

const script = fileURLToPath(new URL('../../../fixtures/trainers/one-column.mjs', import.meta.url));
const rows = 200;
const odd = `a "quoted" col, umn's`;

let engine: Engine;
let run: Run;
let folder: string;

beforeAll(async () => {
  engine = await createDuckDb({ threads: 1 });
  run = createRun({ engine, seed: 1 });
  folder = await mkdtemp(path.join(tmpdir(), 'assay-test-'));
  // Where trainings put their files, so that nobody else's are counted.
  vi.stubEnv('TMPDIR', folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

function command(fault: string, limits: Partial<ExternalCommand> = {}): ExternalCommand {
  const note = path.join(folder, fault);
  return {
    name: 'mine',
    argv: [process.execPath, script, odd, fault, note, '{spec}'],
    seconds: 60,
    memory: 4e9,
    ...limits,
  };
}

function train(of: ExternalCommand, by: Run = run): Promise<Float64Array> {
  const name = `"${odd.replaceAll('"', '""')}"`;
  return trainExternal(
    of,
    {
      train: { sql: `SELECT i % 100 AS ${name}, (i % 100 > 60)::INTEGER AS y FROM range(1000) AS t(i)` },
      test: { sql: `SELECT (i * 7) % 100 AS ${name} FROM range(${rows}) AS t(i)` },
      testRows: rows,
      seed: 5,
      label: 'y',
      weight: null,
      features: [{ name: odd, kind: 'numeric' }],
    },
    by,
  );
}

function leftovers(): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('assay-external-'));
}

function lives(pid: number): boolean {
  // A killed process may wait for its parent to look; that is no life.
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
}

async function until(test: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !test(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
}

describe('a command of the user', () => {
  it('is trained, the same every time, in CSV, in Parquet and in any order of keyed rows', async () => {
    const scores = await train(command('none'));
    expect(scores).toHaveLength(rows);
    expect(scores[0]).toBeLessThan(0.1);
    expect(scores[10]).toBeGreaterThan(0.9);
    for (const how of ['none', 'parquet', 'reverse']) expect(await train(command(how))).toEqual(scores);
    expect(leftovers()).toEqual([]);
  });

  it.each([
    ['crash', 'trainer-crashed', /exit code 7.*the first line \/ Error: no such learner/],
    ['silent', 'predictions-missing', /wrote no predictions/],
    ['few', 'predictions-rows', /199 predictions for 200/],
    ['many', 'predictions-rows', /201 predictions for 200/],
    ['nan', 'predictions-values', /NaN for test row 3/],
    ['outside', 'predictions-values', /1\.5 for test row 3/],
    ['twice', 'predictions-unreadable', /does not name row/],
    ['garbage', 'predictions-unreadable', /cannot be read/],
    ['unnamed', 'predictions-rows', /1 predictions for 200/],
  ])('that does %s fails with %s', async (fault, code, sentence) => {
    await expect(train(command(fault))).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(leftovers()).toEqual([]);
  });

  it('that does not exist is not found', async () => {
    const absent = { ...command('none'), argv: ['no-such-program', 'x'] };
    await expect(train(absent)).rejects.toMatchObject({ code: 'trainer-not-found' });
    expect(leftovers()).toEqual([]);
  });

  it('that hangs is stopped at its limit, with its children', async () => {
    await expect(train(command('hang', { seconds: 3 }))).rejects.toMatchObject({ code: 'trainer-timeout' });
    const pids = readFileSync(path.join(folder, 'hang'), 'utf8').split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await until(() => !pids.some(lives));
    expect(pids.filter(lives)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('that eats memory is stopped at its limit', async () => {
    const hungry = command('eat', { memory: 3e8 });
    await expect(train(hungry)).rejects.toMatchObject({ code: 'trainer-memory' });
  });

  it('is stopped with its children when the run is', async () => {
    const stop = new AbortController();
    const stopped = createRun({ engine, seed: 1, id: 'stopped', signal: stop.signal });
    await rm(path.join(folder, 'hang'), { force: true });
    const training = train(command('hang'), stopped);
    training.catch(() => {});
    await until(() => existsSync(path.join(folder, 'hang')) && readFileSync(path.join(folder, 'hang')).length > 2);
    stop.abort();
    await expect(training).rejects.toMatchObject({ code: 'interrupted' });
    const pids = readFileSync(path.join(folder, 'hang'), 'utf8').split(' ').map(Number);
    await until(() => !pids.some(lives));
    expect(pids.filter(lives)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });
});
