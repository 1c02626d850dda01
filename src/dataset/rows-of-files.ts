import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import { rowsByFile } from './sql/shapes/rows-by-file.js';

/** Rows of each of the `files` of a relation, in their order; one file has them all without a scan. */
export async function rowsOfFiles(relation: Relation, files: number, run: Run): Promise<readonly number[]> {
  if (files === 1) return [relation.rows];
  const rows = await run.engine.rows(rowsByFile(relation), files, run);
  const counts = new Map(rows.map((r) => [Number(r['file']), Number(r['n'])]));
  return Array.from({ length: files }, (_, i) => counts.get(i) ?? 0);
}
