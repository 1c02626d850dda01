import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Expr, Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { DelayedLabelsOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { momentLiteral } from '../../src/dataset/moment-literal.js';
import { day } from '../../src/dataset/label-maturity.js';
import { maturityIn } from './found.js';

const code = 'delayed-labels.tail';
/** Beyond this a few early labels would stand for all. */
const mostWeight = 10;

/** Leave the immature tail out, or let its positives stand for those still to come. */
export async function repair(
  study: Study,
  evidence: Evidence,
  run: Run,
  options: DelayedLabelsOptions,
): Promise<readonly Repair[]> {
  const { label, time } = study.roles;
  const isFound = evidence.findings.some((finding) => finding.code === code);
  const found = isFound ? await maturityIn(study, run, options) : null;
  if (label === null || time === null || found === null) return [];
  const { tail, completeness } = found.maturity;
  const after = (age: number): Expr =>
    expr.cmp('>', expr.col(time.name), { lit: momentLiteral(found.extracted - age * day, time.type) });
  const isPositive = expr.cmp('=', expr.col(label.column.name), expr.literal(label.column.type, label.positive));
  const weights = completeness.slice(0, tail).map((c, age): Verb => {
    const rule = expr.and(isPositive, after(age + 1), ...(age === 0 ? [] : [{ not: after(age) }]));
    return { verb: 'weight-row', where: { rule }, factor: Number(Math.min(mostWeight, 1 / c).toPrecision(6)) };
  });
  const units = evidence.flagged?.rows ?? 0;
  const drop: Verb = { verb: 'drop-row', where: { rule: after(tail) } };
  return [
    {
      id: 'drop-immature-tail',
      title: `drop the last ${tail} days`,
      plan: planOf('delayed-labels', code, drop),
      units,
    },
    {
      id: 'weight-by-completeness',
      title: `weight positives of the last ${tail} days by what is still to come`,
      plan: planOf('delayed-labels', code, ...weights),
      units,
    },
  ];
}
