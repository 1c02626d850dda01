import type { Repair } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Plan, Verb } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import { argText } from '../../src/core/arg-text.js';
import { expr, planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { isAdmitted } from '../../src/dataset/sql/plan/type-names.js';
import { ownBound } from './own-bound.js';

/**
 * Far cells become null, or are cut off at the quantiles .01 and .99 of the training rows: rules, so that rows to come are
 * treated alike. Trees split by order and hardly feel a far cell, so expect little of either for them.
 */
export function repair(study: Study, { findings }: Evidence, _run: Run): Promise<readonly Repair[]> {
  const found = findings.flatMap(({ args }) => {
    const column = columnNamed(study.train, argText(args['column']));
    return column === undefined || !isAdmitted(column.type) ? [] : [{ column, args }];
  });
  if (found.length === 0) return Promise.resolve([]);
  const units = found.reduce((sum, { args }) => sum + Number(args['cells']), 0);
  const nulled = found.flatMap(({ column, args }) => [
    ...setBeyond(column, '<', args['low'], 'null'),
    ...setBeyond(column, '>', args['high'], 'null'),
  ]);
  const cut = found.flatMap(({ column, args }) => [
    ...setBeyond(column, '<', args['from'], 'limit'),
    ...setBeyond(column, '>', args['to'], 'limit'),
  ]);
  const columns = found.length === 1 ? found[0]!.column.name : `${found.length} columns`;
  return Promise.resolve([
    { id: 'null-far', title: `null ${units} far cells of ${columns}`, plan: planFor(nulled), units },
    {
      id: 'winsorise',
      title: `cut ${columns} off at the quantiles .01 and .99`,
      plan: planFor(cut),
      units: units + Math.round(0.02 * found.length * study.train.rows),
    },
  ]);
}

function planFor(verbs: readonly Verb[]): Plan {
  return planOf('outliers', 'outliers.far', ...verbs);
}

/** Sets the cells beyond a limit to null, or to the limit. */
function setBeyond({ name, type }: Column, cmp: '<' | '>', limit: unknown, to: 'null' | 'limit'): readonly Verb[] {
  const bound = ownBound(type, cmp, Number(limit), to === 'null' ? 'exact' : 'outward');
  if (bound === null) return [];
  const rule = expr.cmp(cmp, expr.col(name), expr.literal(type, bound));
  return [{ verb: 'set-cell', column: name, where: { rule }, to: expr.literal(type, to === 'null' ? null : bound) }];
}
