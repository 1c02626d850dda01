import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import { isCurrentSql } from '../dataset/sql/shapes/sides.js';
import { comparisonOf } from './comparison.js';

/** Condition of the rows in which a change in time shows: the late ones where time is compared, else all. */
export async function lateRows(study: Study, run: Run): Promise<string> {
  const comparison = await comparisonOf(study, run);
  return comparison === null ? 'true' : isCurrentSql(comparison.sides, run.engine.dialect);
}
