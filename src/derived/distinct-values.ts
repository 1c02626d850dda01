import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { distinctCounts } from '../dataset/sql/shapes/distinct-counts.js';
import { inGroups } from './in-groups.js';

/** Exact number of distinct values of each column, nulls apart. */
export function distinctValues(relation: Relation, columns: readonly Column[], run: Run): Promise<readonly number[]> {
  return inGroups(columns, async (some) => {
    const counts = await run.engine.rows(distinctCounts(relation, some), some.length, run);
    return counts.map((row) => Number(row['n']));
  });
}
