import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { columnBytes } from '../dataset/sql/shapes/column-bytes.js';

/** Uncompressed bytes of each feature's values in the training rows, by the user's column name. Computed once a run. */
export async function featureBytes(study: Study, run: Run): Promise<ReadonlyMap<string, number>> {
  const { train, roles } = study;
  const columns = roles.features.map((feature) => feature.column);
  if (columns.length === 0) return new Map();
  return run.memo(`column-bytes ${train.name}`, async () => {
    const rows = await run.engine.rows(columnBytes(train, columns), columns.length, run);
    return new Map(rows.map((row) => [columns[Number(row['place'])]!.name, Number(row['bytes'])]));
  });
}
