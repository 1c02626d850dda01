import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { expr, planOf } from '../../src/core/plan.js';
import { countsOf } from './kept.js';

/**
 * Each negative counts for as many as it stands for: 1 / kept, so that probabilities are those of the reference again
 * (King and Zeng 2001, prior correction by weights). It brings calibration back; ranking hardly changes.
 */
export async function repair(study: Study, { findings }: Evidence, run: Run): Promise<readonly Repair[]> {
  const kept = Number(findings.find((f) => f.code === 'imbalance.sampled')?.args['kept'] ?? 0);
  const { label } = study.roles;
  if (label === null || !(kept > 0)) return [];
  const factor = 1 / kept;
  const rule = expr.cmp('=', expr.col(label.column.name), expr.literal(label.column.type, label.negative));
  const { rows, positives } = await countsOf(study.train, label, run);
  const plan = planOf('imbalance', 'imbalance.sampled', { verb: 'weight-row', where: { rule }, factor });
  const title = `weight negatives by ${Number(factor.toPrecision(3))}`;
  return [{ id: 'weight-negatives', title, plan, units: rows - positives }];
}
