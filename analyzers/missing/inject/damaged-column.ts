import type { Unsupported } from '../../../src/core/defect.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { MissingOptions } from '../options.js';
import { AssayError } from '../../../src/core/errors.js';
import { columnNamed } from '../../../src/core/relation.js';
import { isNumeric } from '../../../src/dataset/sql/type-kinds.js';
import { featureAucs } from '../../../src/derived/single-feature-auc.js';

/**
 * The column an injection damages: the one of the options, else the numeric feature with the highest AUC alone, ties to
 * the first; with `numeric` false any feature will do where no number is left.
 */
export async function damagedColumn(
  study: Study,
  run: Run,
  options: MissingOptions,
  numeric: boolean,
): Promise<Column | Unsupported> {
  if (options.column !== '') return named(study, options.column);
  const features = study.roles.features.filter(({ kind, column }) => kind === 'numeric' && isNumeric(column.type));
  const eligible = features.length > 0 || numeric ? features : study.roles.features;
  if (eligible.length === 0) return { unsupported: 'there is no numeric feature to damage' };
  const aucs = await featureAucs(study, run);
  const auc = ({ name }: Column): number => aucs.get(name) ?? 0.5;
  return eligible.map((f) => f.column).reduce((best, column) => (auc(column) > auc(best) ? column : best));
}

function named(study: Study, name: string): Column {
  const column = columnNamed(study.train, name);
  if (column !== undefined) return column;
  const columns = study.train.columns.map((c) => c.name);
  throw new AssayError('column-unknown', { column: name, role: 'missing.column', suggestion: null, columns });
}
