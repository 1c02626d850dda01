import type { Relation } from '../../core/relation.js';
import type { Roles } from '../../core/study.js';
import type { Run } from '../../core/run.js';
import { AssayError } from '../../core/errors.js';
import { valueCounts } from '../sql/shapes/role-facts.js';
import { findColumn } from './find-column.js';

/** A test file must have the label with the same two values, and every feature. */
export async function checkTestLabel(test: Relation, roles: Roles, run: Run): Promise<void> {
  for (const { column } of roles.features) findColumn(test, column.name, 'test');
  if (roles.label === null) return;
  const { column, positive, negative } = roles.label;
  const own = findColumn(test, column.name, 'label');
  const rows = await run.engine.rows(valueCounts(test, own, 13), 13, run);
  const values = rows.map((r) => (r['value'] === null ? null : String(r['value'])));
  const known = values.every((value) => value === positive || value === negative);
  if (!known)
    throw new AssayError('label-not-binary', { column: column.name, values: labelled(values, positive, negative) });
  if (values.length === 1) throw new AssayError('label-one-class', { column: column.name, value: values[0]! });
}

/** The values of both files, so that the error shows the one too many. */
function labelled(values: readonly (string | null)[], positive: string, negative: string): string[] {
  return [...new Set([negative, positive, ...values.flatMap((v) => (v === null ? [] : [v]))])];
}
