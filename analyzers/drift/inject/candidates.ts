import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { AssayError } from '../../../src/core/errors.js';
import { columnNamed } from '../../../src/core/relation.js';
import { featureAucs } from '../../../src/derived/single-feature-auc.js';

/**
 * Columns a mechanism may damage, in order: the one the option names, else the features of a fitting type, those that
 * rank the label best first, so that a curve shows what it costs to lose them. The user is never among them.
 */
export async function candidates(
  study: Study,
  given: string,
  option: string,
  fits: (column: Column, kind: 'numeric' | 'categorical') => boolean,
  run: Run,
): Promise<readonly Column[]> {
  if (given !== '') return [named(study, given, option)];
  const aucs = await featureAucs(study, run);
  const auc = (column: Column): number => aucs.get(column.name) ?? 0.5;
  return study.roles.features
    .filter(({ column, kind }) => fits(column, kind) && column.id !== study.roles.user?.id)
    .map((feature) => feature.column)
    .toSorted((a, b) => auc(b) - auc(a));
}

function named(study: Study, name: string, option: string): Column {
  const column = columnNamed(study.whole, name);
  if (column !== undefined) return column;
  const columns = study.whole.columns.map((c) => c.name);
  throw new AssayError('column-unknown', { column: name, role: option, suggestion: null, columns });
}
