import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Defect } from '../../src/core/defect.js';
import type { Engine } from '../../src/core/engine.js';
import type { Run } from '../../src/core/run.js';
import { defineDefect } from '../../src/core/defect.js';
import { planOf } from '../../src/core/plan.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import type { Policy } from '../../src/gate/policy.js';
import { selfTest } from '../../src/gate/self-test.js';
import { numbers, smallStudy } from '../analyzers/small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 1 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

/** Rows that went, counted by a value that is derived once a run and kept by the name of the table. */
const gone = defineDefect({
  id: 'gone',
  title: 'Gone',
  unit: 'row',
  needs: [],
  defaults: {},
  measures: {},
  sentences: {},
  detect: async ({ train }, own) => {
    const rows = await own.memo(`rows ${train.name}`, () => Promise.resolve(train.rows));
    const findings = rows < 92 ? [{ code: 'gone.rows', severity: 'suspect', args: {} } as const] : [];
    return { measurements: [], findings, flagged: null };
  },
  inject: [
    {
      name: 'dropped',
      where: 'train',
      says: 'rows go',
      found: { at: 0.1 },
      inject: async ({ train }, own) => {
        const laid = await layOutUnits(drawnUnits(train, { draw: 'k' }), own);
        return { ...laid, plan: (keys) => planOf('gone', 'gone.rows', { verb: 'drop-row', where: { keys } }) };
      },
    },
  ],
  repair: { unsupported: 'rows that went do not come back' },
});

const policy: Policy = {
  name: 'none',
  unknown: 'warn',
  analyzers: 'warn',
  baseline: null,
  rules: [],
  exemptions: [],
};

const hundred = (name: string) =>
  smallStudy(
    name,
    [
      numbers(
        'x',
        Array.from({ length: 100 }, (_, i) => i),
      ),
    ],
    {},
    run,
  );

describe('the self-test', () => {
  it('looks at each dose anew, not at what was derived of a smaller one', async () => {
    const study = await hundred('hundred');
    const [row] = await selfTest(study, { policy, defects: [gone], absent: new Map(), curves: [] }, run);
    expect(row).toMatchObject({ mechanism: 'dropped', reported: 0.1 });
  });

  it('leaves out what cannot be looked for in this data', async () => {
    const defects: readonly Defect[] = [{ ...gone, needs: ['time'] }, gone];
    const rows = await selfTest(await hundred('timeless'), { policy, defects, absent: new Map(), curves: [] }, run);
    expect(rows).toHaveLength(1);
  });
});
