import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';

/** Opens a Parquet file of a cleaning: columns by id in file order, and `k` is the row's place in the file. */
export async function attachOwn(path: string, cache: string, run: Run): Promise<Relation> {
  const { relation } = await run.engine.attach({ files: [path], format: 'parquet', cache }, run);
  return relation;
}
