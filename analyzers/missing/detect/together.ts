import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { CellsOf } from './cells.js';
import { nullFingerprints } from '../../../src/dataset/sql/shapes/null-fingerprints.js';

/** Columns that are null in exactly the same rows. */
export interface Together {
  readonly columns: readonly Column[];
  readonly cells: number;
}

/** Groups of two or more such columns. */
export async function nullTogether(
  relation: Relation,
  cells: readonly CellsOf[],
  run: Run,
): Promise<readonly Together[]> {
  const some = cells.filter(({ nulls, rows }) => nulls > 0 && nulls < rows);
  if (some.length < 2) return [];
  const query = nullFingerprints(
    relation,
    some.map((c) => c.column),
    run.engine.dialect,
  );
  const [row = {}] = await run.engine.rows(query, 1, run);
  const groups = new Map<string, CellsOf[]>();
  some.forEach((c, i) => {
    const print = `${c.nulls}:${String(row[`f${i}`])}`;
    groups.set(print, [...(groups.get(print) ?? []), c]);
  });
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ columns: group.map((c) => c.column), cells: group[0]!.nulls }));
}
