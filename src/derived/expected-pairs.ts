import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { pairsByChance } from '../dataset/sql/shapes/equal-rows.js';
import { sampledRows } from './sampled-rows.js';

/**
 * How many of `of` pairs of rows would be equal by chance if their columns were independent, to six digits, from the
 * sampled rows of a relation. Columns are not independent, so it is a lower bound.
 */
export async function expectedPairs(
  relation: Relation,
  columns: readonly Column[],
  of: number,
  run: Run,
): Promise<number> {
  const sample = await sampledRows(relation, run);
  const [row = {}] = await run.engine.rows(pairsByChance(sample.name, columns, of), 1, run);
  return Number(Number(row['pairs'] ?? 0).toPrecision(6));
}
