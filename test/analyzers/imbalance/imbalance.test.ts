import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imbalance } from '../../../analyzers/imbalance/index.js';
import { createRun } from '../../../src/core/run.js';
import { labelSql } from '../../../src/dataset/sql/label.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { over, realStudy } from '../real-study.js';

let engine: Engine;
let run: Run;
let telco: Study;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
  telco = await realStudy('telco', run);
});
afterAll(async () => engine.close());

async function kept(name: string, where: string): Promise<Study> {
  return over(telco, name, `SELECT * FROM ${telco.train.name} WHERE ${where}`, run);
}

const isPositive = (study: Study): string => `${labelSql(study.roles.label!)} = 1`;

describe('imbalance', () => {
  it('estimates how many negatives were kept from the other half, with limits that hold the truth', async () => {
    const half = await kept('thin', `k % 2 = 0 AND (${isPositive(telco)} OR k % 10 = 0)`);
    const reference = (await kept('other_half', 'k % 2 = 1')).train;
    const { measurements, findings } = await imbalance.detect({ ...half, reference }, run);
    const found = measurements.find((m) => m.name === 'imbalance.kept-negatives')!;
    expect(found.low!).toBeLessThan(0.2);
    expect(found.high!).toBeGreaterThan(0.2);
    expect(found.value).toBeCloseTo(0.2, 1);
    expect(findings).toMatchObject([{ code: 'imbalance.sampled', severity: 'suspect' }]);
  });

  it('says nothing of halves of one file, nor of a file alone', async () => {
    const [half, reference] = [await kept('even', 'k % 2 = 0'), (await kept('odd', 'k % 2 = 1')).train];
    expect((await imbalance.detect({ ...half, reference }, run)).findings).toEqual([]);
    expect((await imbalance.detect(telco, run)).findings).toEqual([]);
  });

  it('asks about classes that are equal to the row, and not about classes that are nearly so', async () => {
    const negatives = `SELECT k FROM ${telco.train.name} WHERE NOT ${isPositive(telco)} ORDER BY k LIMIT`;
    const equal = await kept('equal', `${isPositive(telco)} OR k IN (${negatives} 1869)`);
    expect((await imbalance.detect(equal, run)).findings).toMatchObject([
      { code: 'imbalance.round-rate', args: { pattern: '1 to 1' } },
    ]);
    const nearly = await kept('nearly', `${isPositive(telco)} OR k IN (${negatives} 1871)`);
    expect((await imbalance.detect(nearly, run)).findings).toEqual([]);
  });
});
