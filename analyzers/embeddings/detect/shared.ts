import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { holderCounts, sharedCells, vectorHolders } from '../../../src/dataset/sql/shapes/vector-cells.js';
import { tableName } from '../../../src/dataset/sql/table-name.js';

/** Vectors that several entities hold though vectors belong to one. */
export interface SharedVectors {
  /** Their cells, in brackets, with the number of holders `m`. */
  readonly cells: string;
  readonly vectors: number;
  /** Whose vectors they are; null where they are those of rows. */
  readonly entity: Column | null;
}

/** Vectors belong to an entity where at least this share of them has one holder. */
const ownShare = 0.95;

/**
 * A vector describes an item, a group, a user or a row: the first of these of whose vectors nearly all have one holder. A
 * vector with `least` holders or more is then no accident. Null where there is none, and where vectors repeat by nature.
 */
export async function sharedVectors(
  { train }: Study,
  cells: string,
  length: number,
  entities: readonly Column[],
  least: number,
  run: Run,
): Promise<SharedVectors | null> {
  const { engine } = run;
  const holders = tableName('vector_holders', train.name, cells);
  await engine.write(vectorHolders(cells, length, entities.length), { kind: 'table', name: holders }, run);
  const counts = [...entities.map((entity, i) => ({ entity, count: `m${i}` })), { entity: null, count: 'n' }];
  for (const { entity, count } of counts) {
    const [row = {}] = await engine.rows(holderCounts(holders, count, least), 1, run);
    const [vectors, alone, shared] = [Number(row['vectors']), Number(row['alone']), Number(row['shared'])];
    if (vectors === 0 || alone < ownShare * vectors) continue;
    return shared === 0 ? null : { cells: sharedCells(cells, holders, count, least), vectors: shared, entity };
  }
  return null;
}
