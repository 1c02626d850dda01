import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { planOf } from '../../src/core/plan.js';
import { flaggedKeys } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';

/** All rows of the users called go to the quarantine. */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  const { flagged } = evidence;
  if (flagged === null) return [];
  const list = tableName('bot_rows', study.train.name);
  await run.engine.write(flaggedKeys(flagged), { kind: 'table', name: list }, run);
  const plan = planOf('bots', 'bots.rows', { verb: 'drop-row', where: { keys: { list, of: study.whole.hash } } });
  const users = evidence.measurements.find(({ name }) => name === 'bots.users')?.value ?? 0;
  const title = `drop ${flagged.rows} rows of ${users} automatic users`;
  return [{ id: 'drop-bot-users', title, plan, units: flagged.rows }];
}
