import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { hashSample } from '../../../src/dataset/sql/shapes/hash-sample.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';
import { affordableRows } from '../../../src/derived/affordable-rows.js';

/** Rows that are read for models of nulls. */
const mostRows = 200_000;

/** The study itself, or, where it has more training rows, an un-split one of a sample of them drawn by key. */
export async function sampledStudy(study: Study, run: Run): Promise<Study> {
  const { train } = study;
  const wanted = affordableRows(study, mostRows);
  if (train.rows <= wanted) return study;
  return run.memo(`missingness-sample ${train.name}`, async () => {
    const name = tableName('missingness_sample', train.name);
    const query = hashSample(train, train.columns, wanted, 'missingness');
    const { rows } = await run.engine.write(query, { kind: 'table', name }, run);
    const sample = { ...train, name, rows, split: false };
    return { ...study, whole: sample, train: sample, evaluation: null, split: null };
  });
}
