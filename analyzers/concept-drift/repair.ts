import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { ConceptDriftOptions } from './options.js';
import { argText } from '../../src/core/arg-text.js';
import { expr, planOf } from '../../src/core/plan.js';
import { momentLiteral } from '../../src/dataset/moment-literal.js';

const code = 'concept-drift.moved';

/** Learn from recent rows alone, or let earlier ones count less. */
export function repair(
  { roles }: Study,
  { findings }: Evidence,
  _run: Run,
  _options: ConceptDriftOptions,
): Promise<readonly Repair[]> {
  const moved = findings.find((finding) => finding.code === code);
  if (moved === undefined || roles.time === null) return Promise.resolve([]);
  const from = argText(moved.args['from']);
  const units = Number(moved.args['early']);
  const { name, type } = roles.time;
  const rule = expr.cmp('<', expr.col(name), { lit: momentLiteral(Number(moved.args['seconds']), type) });
  const weighted = (factor: number): Repair => ({
    id: `weight-earlier-by-${String(factor).replace('0.', '')}`,
    title: `weight rows before ${from} by ${factor}`,
    plan: planOf('concept-drift', code, { verb: 'weight-row', where: { rule }, factor }),
    units,
    strength: 1 - factor,
  });
  return Promise.resolve([
    {
      id: 'recent-window',
      title: `drop rows before ${from}`,
      plan: planOf('concept-drift', code, { verb: 'drop-row', where: { rule } }),
      units,
    },
    { ...weighted(0.3), others: [weighted(0.1)] },
  ]);
}
