import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Comparison } from '../../src/derived/comparison.js';
import { expr, planOf } from '../../src/core/plan.js';
import { momentLiteral } from '../../src/dataset/moment-literal.js';
import { ratesOf } from './rates.js';

/**
 * Positives are weighted by the ratio of odds, so that the weighted share of positives is that of the rows to come:
 * earlier rows are brought to the late rate (or half of the way in log odds); where files are compared, the training rows to the other file's rate.
 */
export async function repair(study: Study, evidence: Evidence, run: Run): Promise<readonly Repair[]> {
  const { label } = study.roles;
  const isFound = evidence.findings.some((finding) => finding.code === 'label-drift.moved');
  const rates = isFound ? await ratesOf(study, run) : null;
  if (label === null || rates === null) return [];
  const { comparison, reference, current } = rates;
  const [own, target] = comparison.by === 'reference' ? [current, reference] : [reference, current];
  const factor = odds(target.rate) / odds(own.rate);
  if (!Number.isFinite(factor) || factor <= 0) return [];
  const isPositive = expr.cmp('=', expr.col(label.column.name), expr.literal(label.column.type, label.positive));
  const rule = expr.and(isPositive, ...isEarly(comparison));
  const which = comparison.from === null ? 'positives' : `positives before ${comparison.from}`;
  const weighted = (id: string, strength: number): Repair => {
    const by = factor ** strength;
    const plan = planOf('label-drift', 'label-drift.moved', { verb: 'weight-row', where: { rule }, factor: by });
    const title = `weight ${which} by ${Number(by.toPrecision(3))}`;
    return { id, title, plan, units: own.positives, strength };
  };
  return [{ ...weighted('weight-to-target-rate', 1), others: [weighted('weight-half-way-to-target-rate', 0.5)] }];
}

function odds(rate: number): number {
  return rate / (1 - rate);
}

function isEarly({ sides }: Comparison): ReturnType<typeof expr.and>[] {
  if (sides.kind !== 'time') return [];
  const { time, from } = sides;
  return [expr.cmp('<', expr.col(time.name), { lit: momentLiteral(from, time.type) })];
}
