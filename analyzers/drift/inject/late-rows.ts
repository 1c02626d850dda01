import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { isCurrentSql } from '../../../src/dataset/sql/shapes/sides.js';
import { comparisonOf } from '../../../src/derived/comparison.js';

/** Condition of the rows in which drift shows: the late ones where time is compared, else all. */
export async function lateRows(study: Study, run: Run): Promise<string> {
  const comparison = await comparisonOf(study, run);
  return comparison === null ? 'true' : isCurrentSql(comparison.sides, run.engine.dialect);
}
