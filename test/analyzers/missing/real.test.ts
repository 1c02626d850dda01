import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../analyzers/missing/index.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { realStudy } from '../real-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

describe('missing, on public tables', () => {
  it('takes pdays = -1 of bank for missing, in its 3,705 rows', async () => {
    const { findings } = await missing.detect(await realStudy('bank', run), run);
    const pdays = findings.filter((f) => f.args['column'] === 'pdays');
    expect(pdays).toMatchObject([{ args: { value: '-1', cells: 3705 } }]);
  });

  it('names the 11 blank total charges of telco, exactly the rows of tenure 0', async () => {
    const { findings } = await missing.detect(await realStudy('telco', run), run);
    const charges = findings.filter((f) => f.args['column'] === 'TotalCharges');
    expect(charges).toMatchObject([
      { code: 'missing.structural', args: { cells: 11, rule: [{ column: 'tenure', value: '0' }] } },
    ]);
  });
});
