import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { planOf } from '../../src/core/plan.js';
import { conflictCounts, conflictKeys } from '../../src/dataset/sql/shapes/conflict-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { otherMoment, sameMoment } from './codes.js';
import { conflictTable } from './tables.js';

/** Drop the outvoted copies, keep the latest word, drop both sides, or halve them. */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  if (evidence.flagged === null) return [];
  const counts = await run.engine.rows(conflictCounts(conflictTable(study.train)), 2, run);
  const repairs: Repair[] = [];
  for (const row of counts) {
    const flagged = Number(row['flagged']);
    if (row['code'] === sameMoment) {
      const title = `drop ${flagged} copies with the other label`;
      repairs.push(await dropping(study, 'drop-conflicting-copies', title, { code: sameMoment }, flagged, run));
    } else if (study.roles.time !== null) {
      repairs.push(
        await dropping(study, 'keep-latest', `drop ${flagged} outdated labels`, { code: otherMoment }, flagged, run),
      );
    } else {
      repairs.push(
        await dropping(study, 'drop-outvoted', `drop ${flagged} outvoted rows`, { code: otherMoment }, flagged, run),
      );
    }
  }
  const rows = counts.reduce((sum, row) => sum + Number(row['rows']), 0);
  repairs.push(await dropping(study, 'drop-both-sides', 'drop both sides of each conflict', 'all', rows, run));
  repairs.push(await halving(study, rows, run));
  return repairs;
}

async function dropping(
  study: Study,
  id: string,
  title: string,
  which: { readonly code: string } | 'all',
  units: number,
  run: Run,
): Promise<Repair> {
  const list = await keys(study, id, which, run);
  const verb: Verb = { verb: 'drop-row', where: { keys: { list, of: study.whole.hash } } };
  return { id, title, plan: planOf('conflicts', which === 'all' ? 'conflicts.all' : which.code, verb), units };
}

/** Strength is the share of their weight that is taken away. */
async function halving(study: Study, units: number, run: Run): Promise<Repair> {
  const list = await keys(study, 'halve', 'all', run);
  const weighted = (id: string, title: string, strength: number): Repair => {
    const where = { keys: { list, of: study.whole.hash } };
    const verb: Verb = { verb: 'weight-row', where, factor: 1 - strength };
    return { id, title, plan: planOf('conflicts', 'conflicts.all', verb), units, strength };
  };
  const others = [weighted('quarter', 'quarter the weight of both sides', 0.75)];
  return { ...weighted('halve', 'halve the weight of both sides', 0.5), others };
}

async function keys({ train }: Study, id: string, which: { readonly code: string } | 'all', run: Run): Promise<string> {
  const name = tableName('conflict_keys', train.name, id);
  await run.engine.write(conflictKeys(conflictTable(train), which, run.engine.dialect), { kind: 'table', name }, run);
  return name;
}
