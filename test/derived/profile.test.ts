import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { profileColumns } from '../../src/derived/profile.js';
import { featureAucs } from '../../src/derived/single-feature-auc.js';
import { timeBuckets } from '../../src/derived/time-buckets.js';
import { hours, integers, numbers, smallStudy, texts } from '../analyzers/small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

describe('single-feature AUC', () => {
  it('is the AUC with half credit for ties, folded, missing values lowest', async () => {
    const columns = [
      numbers('a', [0.9, 0.8, 0.7, 0.4, 0.6, 0.5, 0.3, 0.4, 0.2, 0.7, 0.1, 0.6]),
      numbers('b', [-0.8, -0.9, -0.5, -0.3, -0.6, -0.6, -0.4, -0.2, -0.1, -0.7, -0.2, -0.5]),
      numbers('gone', [1, 1, 1, 1, 1, null, null, null, null, null, null, null]),
      integers('y', [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]),
    ];
    const aucs = await featureAucs(await smallStudy('auc', columns, { label: 'y' }, run), run);
    expect(aucs.get('a')).toBeCloseTo(0.8428571429, 9);
    expect(aucs.get('b')).toBeCloseTo(0.7714285714, 9);
    expect(aucs.get('gone')).toBe(1);
  });

  it('does not let levels seen once tell their own label', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => i);
    const label = rows.map((i) => Number(run.random.fork('label').at(i) < 0.3));
    const columns = [
      texts(
        'unique',
        rows.map((i) => `id ${i}`),
      ),
      texts(
        'good',
        rows.map((i) => (label[i] === 1 && i % 3 > 0 ? 'yes' : 'no')),
      ),
      integers('y', label),
    ];
    const aucs = await featureAucs(await smallStudy('levels', columns, { label: 'y' }, run), run);
    expect(aucs.get('unique')).toBeLessThan(0.53);
    expect(aucs.get('good')).toBeGreaterThan(0.8);
  });
});

describe('column profile', () => {
  it('counts every row once', async () => {
    const columns = [
      hours('time', [0, 30, 60, 90, 95]),
      numbers('x', [0, 10, 20, null, 40]),
      integers('n', [1, 2, 2, 3, 3]),
      texts('t', ['a', 'b', 'a', null, 'a']),
      integers('y', [0, 1, 0, 1, 1]),
    ];
    const study = await smallStudy('profile', columns, { label: 'y', time: 'time' }, run);
    const [time, x, n, t, y] = await profileColumns(study, new Map(), run);
    expect([time!.role, x!.role, y!.role]).toEqual(['time', 'feature', 'label']);
    expect(x).toMatchObject({ nullShare: 0.2, distinct: 4 });
    expect(x!.histogram.counts).toHaveLength(40);
    expect(x!.histogram.counts.reduce((a, b) => a + b)).toBe(4);
    expect(n!.histogram).toEqual({ labels: ['1', '2', '3'], counts: [1, 2, 2] });
    expect(t!.histogram).toEqual({ labels: ['a', 'b'], counts: [3, 1] });
    const buckets = await timeBuckets(study, new Map(), run);
    expect(buckets.map((b) => [b.start, b.rows, b.positives])).toEqual([
      ['2026-01-05', 1, 0],
      ['2026-01-06', 1, 1],
      ['2026-01-07', 1, 0],
      ['2026-01-08', 2, 2],
    ]);
  });
});
