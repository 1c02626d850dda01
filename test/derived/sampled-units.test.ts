import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { conceptDrift } from '../../analyzers/concept-drift/index.js';
import { labelNoise } from '../../analyzers/label-noise/index.js';
import { createRandom } from '../../src/core/random.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { sampledUnits } from '../../src/derived/sampled-units.js';
import { hours, integers, numbers, smallStudy, texts } from '../analyzers/small-study.js';

const rows = 12_000;
const random = createRandom(3);
const draw = (name: string): readonly number[] => {
  const own = random.fork(name);
  return Array.from({ length: rows }, (_, i) => own.at(i));
};
const x = draw('x');
const coin = draw('coin');
/** Every twentieth row is nobody's. */
const users = draw('user').map((u, i) => (i % 20 === 0 ? null : `u${Math.floor(u * 1500)}`));

let engine: Engine;
let run: Run;
let study: Study;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine, threads: 2 });
  study = await log('log', users);
});
afterAll(async () => {
  await run.close();
  await engine.close();
});

function log(name: string, of: readonly (string | null)[]): Promise<Study> {
  const columns = [
    numbers('x', x),
    texts('user', of),
    hours(
      'time',
      x.map((_, i) => i / 10),
    ),
    integers(
      'y',
      x.map((v, i) => Number(coin[i]! < 0.1 + 0.5 * v)),
    ),
  ];
  return smallStudy(name, columns, { label: 'y', time: 'time', user: 'user' }, run);
}

async function keysOf(sampled: Study): Promise<readonly number[]> {
  const kept = await engine.rows({ sql: `SELECT k FROM ${sampled.train.name} ORDER BY k` }, rows, run);
  return kept.map((row) => Number(row['k']));
}

describe('sampledUnits', () => {
  it('is the study itself where there is room', async () => {
    expect(await sampledUnits(study, rows, run)).toBe(study);
  });

  it('keeps all rows of a user or none, and about as many rows as wanted', async () => {
    const keys = await keysOf(await sampledUnits(study, 4000, run));
    expect(Math.abs(keys.length - 4000)).toBeLessThan(400);
    const kept = new Set(keys);
    const seen = new Map<string, Set<boolean>>();
    users.forEach((user, k) => {
      if (user !== null) seen.set(user, (seen.get(user) ?? new Set()).add(kept.has(k)));
    });
    expect([...seen.values()].every((both) => both.size === 1)).toBe(true);
    // Rows of nobody are drawn each for itself.
    const alone = users.flatMap((user, k) => (user === null && kept.has(k) ? [k] : []));
    expect(Math.abs(alone.length - 200)).toBeLessThan(60);
  });

  it('draws the same rows on another engine with other threads, and nested ones where fewer are wanted', async () => {
    const other = await createDuckDb({ threads: 1 });
    const theirs = createRun({ engine: other, threads: 1 });
    const many = await keysOf(await sampledUnits(study, 4000, run));
    const few = await keysOf(await sampledUnits(study, 1000, run));
    expect(few.length).toBeLessThan(many.length);
    expect(few.filter((k) => !many.includes(k))).toEqual([]);
    const copy = await smallStudy(
      'log',
      [texts('user', users), integers('y', coin.map(Math.round))],
      { user: 'user' },
      theirs,
    );
    const again = await sampledUnits(copy, 4000, theirs);
    const kept = await other.rows({ sql: `SELECT k FROM ${again.train.name} ORDER BY k` }, rows, theirs);
    expect(kept.map((row) => Number(row['k']))).toEqual(many);
    await other.close();
  });
});

describe('detectors that train', () => {
  it('learn from a sample of very many rows, and label noise says so', async () => {
    const evidence = await labelNoise.with({ rows: 4000 }).detect(study, run);
    const sampled = evidence.findings.find((finding) => finding.code === 'label-noise.sampled')!;
    expect(sampled.args).toMatchObject({ of: rows, by: 'user' });
    const looked = Number(sampled.args['rows']);
    expect(Math.abs(looked - 4000)).toBeLessThan(400);
    expect(labelNoise.sentences['label-noise.sampled']!(sampled.args)).toMatch(
      /^All 12,000 rows were scored, .* come from [34],\d{3} of them, drawn by chance, whole users at a time\.$/,
    );
    const inSample = new Set(await keysOf(await sampledUnits(study, 4000, run)));
    const flagged = await engine.rows({ sql: `SELECT k FROM ${evidence.flagged!.relation}` }, rows, run);
    expect(flagged.length).toBeGreaterThan(0);
    const outside = flagged.filter((row) => !inSample.has(Number(row['k']))).length;
    expect(outside).toBeGreaterThan(0.5 * flagged.length);
    const whole = await labelNoise.detect(study, run);
    expect(whole.findings.map((finding) => finding.code)).not.toContain('label-noise.sampled');
    const drift = await conceptDrift.with({ rows: 8000 }).detect(study, run);
    expect(drift.findings.map((finding) => finding.code)).toEqual(['concept-drift.steady']);
    expect(Number(drift.findings[0]!.args['early'])).toBeLessThan(6500);
  });
});
