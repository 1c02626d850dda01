import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { hashSample } from '../../../src/dataset/sql/shapes/hash-sample.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** Rows and cells that are read for models of nulls: of a wide table, fewer rows. */
const mostRows = 200_000;
const mostCells = 80_000_000;

/** The study itself, or, where it has more training rows, an un-split one of a sample of them drawn by key. */
export async function sampledStudy(study: Study, run: Run): Promise<Study> {
  const { train, roles } = study;
  const wanted = Math.min(mostRows, Math.floor(mostCells / Math.max(1, roles.features.length)));
  if (train.rows <= wanted) return study;
  return run.memo(`missingness-sample ${train.name}`, async () => {
    const name = tableName('missingness_sample', train.name);
    const query = hashSample(train, train.columns, wanted, 'missingness', run.engine.dialect);
    const { rows } = await run.engine.write(query, { kind: 'table', name }, run);
    const sample = { ...train, name, rows, split: false };
    return { ...study, whole: sample, train: sample, evaluation: null, split: null };
  });
}
