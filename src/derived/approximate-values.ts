import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { levelCounts } from '../dataset/sql/shapes/hot-cells.js';
import { inGroups } from './in-groups.js';

/** About how many distinct values each column has, nulls apart. Each column of a relation is counted once a run. */
export async function approximateValues(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly number[]> {
  const known = await run.memo(`approximate-values ${relation.name}`, async () => new Map<string, number>());
  const unknown = columns.filter(({ id }) => !known.has(id));
  const counts = await inGroups(unknown, async (some) => {
    const [row] = await run.engine.rows(levelCounts(relation, some), 1, run);
    return some.map(({ id }) => Number(row?.[id] ?? 0));
  });
  unknown.forEach(({ id }, i) => known.set(id, counts[i]!));
  return columns.map(({ id }) => known.get(id)!);
}
