import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Trial, TrialResult } from '../../../src/models/trainer.js';
import { createRun } from '../../../src/core/run.js';
import { trainingFrame } from '../../../src/models/gbdt/training-frame.js';
import { chooseRounds } from '../../../src/models/gbdt/choose-rounds.js';
import { createPool } from '../../../src/models/pool/pool.js';
import { createTrainer } from '../../../src/models/pool/trainer.js';
import { defaultParameters } from '../../../src/models/trainer.js';
import { generate } from '../generated.js';

const { frame, base, test } = generate({ train: 4000, test: 500, columns: 8 }, 11);
const trial = (seed: number, more: Partial<Trial> = {}): Trial => ({
  overlay: base,
  parameters: { ...defaultParameters, rounds: 15 },
  seed,
  score: test,
  ...more,
});
// No table is touched here.
const runWith = (threads: number, signal?: AbortSignal): Run =>
  createRun({ engine: {} as Engine, threads, ...(signal === undefined ? {} : { signal }) });
const hash = (results: readonly TrialResult[]): string => {
  const sha = createHash('sha256');
  for (const { scores } of results) sha.update(scores);
  return sha.digest('hex');
};

describe('createTrainer', () => {
  it('gives the same bytes on 1, 2 and 4 threads and from both kernels, in the order of the trials', async () => {
    const hashes: string[] = [];
    for (const [threads, kernel] of [
      [1, 'wasm'],
      [2, 'wasm'],
      [4, 'wasm'],
      [1, 'typescript'],
      [4, 'typescript'],
    ] as const) {
      const run = runWith(threads);
      const trainer = await createTrainer(frame, run, kernel);
      let done = 0;
      const trials = [trial(1), trial(2, { parameters: { ...defaultParameters, rounds: 40 } }), trial(3), trial(1)];
      const results = await trainer.train(trials, () => done++);
      expect(done).toBe(4);
      expect(results.map((r) => r.rounds)).toEqual([15, 40, 15, 15]);
      expect(results[0]).toEqual(results[3]);
      expect(hash([results[0]!])).not.toBe(hash([results[2]!]));
      hashes.push(hash(results));
      await run.close();
    }
    expect(hashes).toHaveLength(5);
    expect(new Set(hashes).size).toBe(1);
  });

  it('brings errors of a trial back with their code', async () => {
    const run = runWith(2);
    const trainer = await createTrainer(frame, run);
    const hopeless = trial(1, { overlay: { ...base, masked: frame.columns.map((_, c) => c) } });
    await expect(trainer.train([trial(1), hopeless, trial(2)])).rejects.toMatchObject({ code: 'training-impossible' });
    expect(await trainer.train([trial(1)])).toHaveLength(1);
    await run.close();
  });

  it('stops soon after an abort', async () => {
    const abort = new AbortController();
    const run = runWith(2, abort.signal);
    const trainer = await createTrainer(frame, run);
    const long = { parameters: { ...defaultParameters, rounds: 1_000_000 } };
    const training = trainer.train([trial(1, long), trial(2, long), trial(3, long)]);
    setTimeout(() => abort.abort(), 100);
    await expect(training).rejects.toMatchObject({ code: 'interrupted' });
    await expect(trainer.train([trial(1)])).rejects.toMatchObject({ code: 'interrupted' });
    await run.close();
  });

  it('can be closed twice, and refuses trials afterwards', async () => {
    const run = runWith(1);
    const trainer = await createTrainer(frame, run);
    await trainer.train([trial(1)]);
    await trainer.close();
    await run.close();
    await expect(trainer.train([trial(1)])).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('chooses rounds on tuning rows, and all of them where there are none', async () => {
    const run = runWith(1);
    const trainer = await createTrainer(frame, run);
    const eager = { ...defaultParameters, learningRate: 0.5 };
    const rounds = await chooseRounds(trainer, base, eager);
    expect(rounds).toBeGreaterThanOrEqual(5);
    expect(rounds).toBeLessThan(60);
    expect(await chooseRounds(trainer, base, eager)).toBe(rounds);
    const untuned = base.rows.filter((row) => frame.part[row] === 0);
    const label = Uint8Array.from(untuned, (row) => frame.label[row]!);
    expect(await chooseRounds(trainer, { ...base, rows: untuned, label })).toBe(60);
    await run.close();
  });
});

describe('createPool', () => {
  it('fails trials when a worker ends, and starts anew with the next one', async () => {
    const data = { frame: trainingFrame(frame), stop: new Int32Array(1) };
    const pool = createPool<Trial, TrialResult>(data, 1, fileURLToPath(new URL('./exits.mjs', import.meta.url)));
    expect((await pool.run(trial(1))).rounds).toBe(1);
    const failing = [pool.run(trial(2)), pool.run(trial(3))];
    for (const result of await Promise.allSettled(failing))
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'worker-failed' } });
    expect((await pool.run(trial(4))).rounds).toBe(1);
    await pool.close();
  });
});
