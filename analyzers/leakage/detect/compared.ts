import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Study } from '../../../src/core/study.js';
import { isNumeric } from '../../../src/dataset/sql/type-kinds.js';

/** So many numeric columns, in file order, are ranked and compared; every one costs a sort. */
const mostColumns = 200;

/** Numeric features that are looked at row by row, and a note where there are more. */
export function comparedColumns({ roles }: Study): {
  readonly columns: readonly Column[];
  readonly cut: readonly Finding[];
} {
  const numeric = roles.features.filter((f) => f.kind === 'numeric' && isNumeric(f.column.type)).map((f) => f.column);
  const columns = numeric.slice(0, mostColumns);
  const args = { columns: numeric.length - columns.length, compared: columns.length };
  return {
    columns,
    cut: args.columns === 0 ? [] : [{ code: 'leakage.not-compared', severity: 'note', args }],
  };
}
