import type { Engine } from '../../../src/core/engine.js';
import type { Evidence } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delayedLabels } from '../../../analyzers/delayed-labels/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { hours, integers, smallStudy } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const rows = 40_000;
const [lastHour, rate] = [14 * 24, 0.05];

/** 14 days at 5%; `isSeen` decides whether a positive of a row at an hour is in the file. */
async function evidenceOn(name: string, isSeen: (hour: number, draw: number) => boolean): Promise<Evidence> {
  const random = createRandom(12).fork('delay');
  const [when, click, late] = ['when', 'click', 'late'].map((stream) => random.fork(stream));
  const hour = Array.from({ length: rows }, (_, i) => lastHour * when!.at(i));
  const y = hour.map((h, i) => Number(click!.at(i) < rate && isSeen(h, late!.at(i))));
  const study = await smallStudy(name, [hours('time', hour), integers('y', y)], { label: 'y', time: 'time' }, run);
  return delayedLabels.detect(study, run);
}

describe('delayed labels', () => {
  it('finds the young rows whose positives have not arrived, and how many have', async () => {
    const delay = 36;
    const evidence = await evidenceOn('late', (h, u) => h - delay * Math.log(1 - u) <= lastHour);
    expect(evidence.findings).toMatchObject([{ code: 'delayed-labels.tail', severity: 'problem' }]);
    const first = evidence.measurements.find((m) => m.name === 'delayed-labels.first-day')!.value;
    // Mean of 1 - exp(-age / delay) over the first day.
    expect(Math.abs(first - (1 - (delay / 24) * (1 - Math.exp(-24 / delay))))).toBeLessThan(0.08);
    const sql = `SELECT min(c0) AS first FROM late JOIN ${evidence.flagged!.relation} USING (k)`;
    const [row = {}] = await engine.rows({ sql }, 1, run);
    expect(String(row['first']) > '2026-01-12').toBe(true);
  });

  it('says nothing where all labels are there', async () => {
    expect((await evidenceOn('there', () => true)).findings).toEqual([]);
  });

  it('does not take a rate that fell days ago and stayed for a delay', async () => {
    expect((await evidenceOn('fell', (h, u) => h < 8 * 24 || u < 0.6)).findings).toEqual([]);
  });
});
