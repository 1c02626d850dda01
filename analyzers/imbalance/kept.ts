import type { Run } from '../../src/core/run.js';
import type { Relation } from '../../src/core/relation.js';
import type { Label, Study } from '../../src/core/study.js';
import { labelCounts } from '../../src/dataset/sql/shapes/label-counts.js';
import { twoProportions } from '../../src/stats/proportion.js';
import { round12 } from '../../src/stats/round12.js';

export interface Counts {
  readonly rows: number;
  readonly positives: number;
}

/** How much of the negatives of another file is here, if positives are all here. */
export interface Kept {
  readonly against: 'reference' | 'test';
  /** Odds of the other file over the odds here, with 95% limits on the log scale (Woolf 1955). */
  readonly kept: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, that both shares of positives are equal. */
  readonly p: number;
}

export async function countsOf(relation: Relation, label: Label, run: Run): Promise<Counts> {
  const [row = {}] = await run.engine.rows(labelCounts(relation, label), 1, run);
  return { rows: Number(row['rows']), positives: Number(row['positives']) };
}

/** Against the reference file, else the test file; null where there is neither or a class is empty. */
export async function keptOf({ train, reference, test, roles }: Study, run: Run): Promise<Kept | null> {
  const other = reference ?? test;
  const { label } = roles;
  if (other === null || label === null || !other.columns.some((c) => c.id === label.column.id)) return null;
  const [here, there] = [await countsOf(train, label, run), await countsOf(other, label, run)];
  const cells = [here.positives, here.rows - here.positives, there.positives, there.rows - there.positives];
  if (cells.some((n) => n === 0)) return null;
  const [a, b, c, d] = cells as [number, number, number, number];
  const kept = c / d / (a / b);
  const spread = Math.exp(1.959963984540054 * Math.sqrt(cells.reduce((sum, n) => sum + 1 / n, 0)));
  const { p } = twoProportions(
    { successes: here.positives, trials: here.rows },
    { successes: there.positives, trials: there.rows },
  );
  return {
    against: reference === null ? 'test' : 'reference',
    kept: round12(kept),
    low: round12(kept / spread),
    high: round12(kept * spread),
    p: round12(p),
  };
}
