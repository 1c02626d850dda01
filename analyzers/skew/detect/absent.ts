import type { Finding } from '../../../src/core/evidence.js';
import type { Relation } from '../../../src/core/relation.js';
import type { Study } from '../../../src/core/study.js';

/** Features that serving did not log at all; label and weight are known in training only. */
export function absentFeatures({ roles }: Study, serving: Relation): readonly Finding[] {
  const aside = new Set([roles.label?.column.id, roles.weight?.id]);
  const served = new Set(serving.columns.map(({ id }) => id));
  return roles.features
    .filter(({ column }) => !aside.has(column.id) && !served.has(column.id))
    .map(({ column }) => ({ code: 'skew.absent', severity: 'suspect', args: { column: column.name } }));
}
