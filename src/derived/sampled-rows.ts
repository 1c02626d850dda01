import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { hashSample } from '../dataset/sql/shapes/hash-sample.js';
import { tableName } from '../dataset/sql/table-name.js';

/** Rows that are enough for a quantile to a percent, and for telling a code from a quantity. */
export const sampledRowsWanted = 40_000;
/** Cells of the sample in memory, whatever the number of columns. */
const mostCells = 16_000_000;

/**
 * About {@link sampledRowsWanted} rows of a relation with all their columns, fewer where there are very many columns, as a
 * relation of its own in memory; the relation itself where it has no more. For what decides where to look closer: one scan
 * then serves all who ask. Drawn by row key, so the same rows whatever the order, threads or engine. Computed once a run.
 */
export async function sampledRows(relation: Relation, run: Run): Promise<Relation> {
  return run.memo(`sampled-rows ${relation.name}`, async () => {
    const { columns } = relation;
    const wanted = Math.min(sampledRowsWanted, Math.floor(mostCells / Math.max(1, columns.length)));
    if (relation.rows <= wanted) return relation;
    const name = tableName('sampled_rows', relation.name);
    const query = hashSample(relation, columns, wanted, 'sampled-rows');
    const { rows } = await run.engine.write(query, { kind: 'table', name }, run);
    return { ...relation, name, rows, split: false };
  });
}
