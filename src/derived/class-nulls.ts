import type { Column } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Label } from '../core/study.js';
import { nullsByLabel } from '../dataset/sql/shapes/null-by-label.js';
import { inGroups } from './in-groups.js';

/** Rows of either class, and of each column the cells without a value among them. */
export interface ClassNulls {
  readonly positives: number;
  readonly negatives: number;
  readonly columns: readonly { readonly positives: number; readonly negatives: number }[];
}

/** Counts the missing cells of some columns by label. */
export async function classNulls(
  table: string,
  columns: readonly Column[],
  label: Label,
  run: Run,
): Promise<ClassNulls> {
  const count = async (some: readonly Column[]): Promise<ClassNulls> => {
    const [row = {}] = await run.engine.rows(nullsByLabel(table, some, label), 1, run);
    const of = (name: string): number => Number(row[name]);
    const nulls = some.map((_, i) => ({ positives: of(`p${i}`), negatives: of(`n${i}`) }));
    return { positives: of('p'), negatives: of('n'), columns: nulls };
  };
  const groups = await inGroups(columns, async (some) => [await count(some)]);
  const { positives, negatives } = groups[0] ?? (await count([]));
  return { positives, negatives, columns: groups.flatMap((group) => group.columns) };
}
