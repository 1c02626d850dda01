import type { Unsupported } from '../../../src/core/defect.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { pairCounts } from '../../../src/dataset/sql/shapes/determined-columns.js';
import { textFeatures } from './word-column.js';

/** Columns tried, in file order. */
const mostTried = 20;

/** The first text feature that follows from another feature of more values, each of them held by several rows. */
export async function determinedColumn(study: Study, run: Run): Promise<Column | Unsupported> {
  for (const column of textFeatures(study).slice(0, mostTried)) {
    const others = study.roles.features.map((f) => f.column).filter(({ id }) => id !== column.id);
    const asked = [column, ...others.slice(0, mostTried)];
    const [row = {}] = await run.engine.rows(pairCounts(study.whole, column, asked), 1, run);
    const values = asked.map((_, i) => Number(row[`n${i}`] ?? 0));
    const own = values[0]!;
    const isFollowed = asked.some((_, i) => {
      const n = values[i]!;
      return i > 0 && n > own && 5 * n <= study.whole.rows && Number(row[`p${i}`]) === n;
    });
    if (own > 1 && isFollowed) return column;
  }
  return { unsupported: 'no text column follows from another column' };
}
