import type { Repair } from '../../../src/core/defect.js';
import type { Evidence, Finding } from '../../../src/core/evidence.js';
import type { Expr, Verb } from '../../../src/core/plan.js';
import type { Column } from '../../../src/core/relation.js';
import type { Study } from '../../../src/core/study.js';
import { argText } from '../../../src/core/arg-text.js';
import { expr, planOf } from '../../../src/core/plan.js';
import { columnNamed } from '../../../src/core/relation.js';
import { momentLiteral } from '../../../src/dataset/moment-literal.js';
import { castForArithmetic, dividedBy, divisionText } from '../../../src/derived/unit-verbs.js';
import { slug } from './slug.js';

/** One repair a column: its numbers are divided by the factor wherever the unit changed. */
export function undoUnitChanges(study: Study, { findings }: Evidence): readonly Repair[] {
  const byColumn = new Map<string, Finding['args'][]>();
  for (const { code, args } of findings) {
    if (code !== 'drift.unit-change') continue;
    const name = argText(args['column']);
    byColumn.set(name, [...(byColumn.get(name) ?? []), args]);
  }
  return [...byColumn].flatMap(([name, changes]) => {
    const column = columnNamed(study.whole, name);
    if (column === undefined) return [];
    const id = byColumn.size === 1 ? 'undo-unit-change' : `undo-unit-change-${slug(column)}`;
    const units = changes.reduce((sum, change) => sum + Number(change['rows']), 0);
    return [{ id, title: titleOf(name, changes), plan: planFor(study, column, changes), units }];
  });
}

function planFor(study: Study, column: Column, changes: readonly Finding['args'][]): Repair['plan'] {
  const undone = changes.map((change): Verb => {
    return {
      verb: 'set-cell',
      column: column.name,
      where: { rule: placeOf(study, change) },
      to: dividedBy(column, Number(change['factor'])),
    };
  });
  return planOf('drift', 'drift.unit-change', ...castForArithmetic(column), ...undone);
}

function placeOf({ whole, roles }: Study, change: Finding['args']): Expr {
  const slice = typeof change['slice'] === 'string' ? columnNamed(whole, change['slice']) : undefined;
  const isInSlice =
    slice === undefined
      ? []
      : [expr.cmp('=', expr.col(slice.name), expr.literal(slice.type, argText(change['value'])))];
  const time = roles.time;
  const isLate =
    time === null
      ? []
      : [expr.cmp('>=', expr.col(time.name), { lit: momentLiteral(Number(change['fromSeconds']), time.type) })];
  return expr.and(...isInSlice, ...isLate);
}

function titleOf(name: string, changes: readonly Finding['args'][]): string {
  const { factor, slice, value, from } = changes[0]!;
  const by = divisionText(name, Number(factor));
  if (changes.length > 1) return `${by} in ${changes.length} slices from ${argText(from)} on`;
  return typeof slice === 'string'
    ? `${by} where ${slice} = ${argText(value)} from ${argText(from)} on`
    : `${by} from ${argText(from)} on`;
}
