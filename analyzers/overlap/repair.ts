import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { planOf } from '../../src/core/plan.js';
import { flaggedKeys } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/**
 * Takes the shared rows out of train, never out of test. Measured, it is a loss by as much as the test flattered: nothing
 * is repaired on its own for that, and people decide.
 */
export async function repair({ train, whole }: Study, { flagged }: Evidence, run: Run): Promise<readonly Repair[]> {
  if (flagged === null) return [];
  const list = tableName('drop_overlap', train.name);
  await run.engine.write(flaggedKeys(flagged), { kind: 'table', name: list }, run);
  const verb = { verb: 'drop-row', where: { keys: { list, of: whole.hash } } } as const;
  const title = `drop ${flagged.rows.toLocaleString('en-US')} training rows that are test rows`;
  return [{ id: 'drop-shared', title, plan: planOf('overlap', 'overlap.exact', verb), units: flagged.rows }];
}
