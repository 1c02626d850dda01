import type { Repair } from '../../src/core/defect.js';
import type { Evidence, Finding } from '../../src/core/evidence.js';
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
    ...setWhere(column, '<', args['low'], null),
    ...setWhere(column, '>', args['high'], null),
  ]);
  const cut = found.flatMap(({ column, args }) => [
    ...setWhere(column, '<', args['from'], args['from']),
    ...setWhere(column, '>', args['to'], args['to']),
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

function setWhere(
  column: Column,
  cmp: '<' | '>',
  limit: Finding['args'][string] | undefined,
  to: unknown,
): readonly Verb[] {
  const bound = ownBound(column.type, cmp, Number(limit));
  if (bound === null) return [];
  const value = expr.literal(column.type, to === null ? null : bound);
  const rule = expr.cmp(cmp, expr.col(column.name), expr.literal(column.type, bound));
  return [{ verb: 'set-cell', column: column.name, where: { rule }, to: value }];
}
