import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Verb } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { expr, planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';

/** Nulls the cells, by a rule, so that rows to come are mapped in the same way. */
export function repair(study: Study, { findings }: Evidence, _run: Run): Promise<readonly Repair[]> {
  const verbs = findings.flatMap(({ args }): Verb[] => {
    const column = columnNamed(study.train, argText(args['column']));
    if (column === undefined) return [];
    const rule = expr.cmp('=', expr.col(column.name), expr.literal(column.type, argText(args['value'])));
    return [{ verb: 'set-cell', column: column.name, where: { rule }, to: expr.literal(column.type, null) }];
  });
  if (verbs.length === 0) return Promise.resolve([]);
  const units = findings.reduce((sum, { args }) => sum + Number(args['cells']), 0);
  const plan = planOf('template', 'template.impossible', ...verbs);
  return Promise.resolve([{ id: 'null-impossible', title: 'null numbers that cannot be', plan, units }]);
}
