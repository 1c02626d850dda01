import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { CountedMark } from './counted-mark.js';
import { classNulls } from '../../../src/derived/class-nulls.js';
import { benjaminiHochberg } from '../../../src/stats/correction.js';
import { normalTwoSided } from '../../../src/stats/distributions.js';

/** How well the label is ranked by whether a column is null. */
export interface LabelNulls {
  readonly column: Column;
  /** Folded to .5 or more: half the difference of the shares of nulls in either class, above .5. */
  readonly auc: number;
  /** Shares of nulls among positives and negatives. */
  readonly positives: number;
  readonly negatives: number;
  /** Whether the difference is no chance and large enough to matter. */
  readonly tells: boolean;
}

const rate = 0.01;
const worth = 0.55;
/** Columns compared, those with most nulls first. */
const mostColumns = 500;

/** Compares the nulls of positives and negatives (two-proportion z), corrected over the columns. */
export async function labelNulls(
  { train, roles }: Study,
  marks: readonly CountedMark[],
  run: Run,
): Promise<readonly LabelNulls[]> {
  const features = new Set(roles.features.map(({ column }) => column.id));
  const columns = marks
    .filter(({ mark, cells }) => mark.kind === 'null' && cells < train.rows && features.has(mark.column.id))
    .toSorted((a, b) => b.cells - a.cells)
    .slice(0, mostColumns)
    .map(({ mark }) => mark.column);
  if (roles.label === null || columns.length === 0) return [];
  const { positives: p, negatives: n, columns: counted } = await classNulls(train.name, columns, roles.label, run);
  if (p === 0 || n === 0) return [];
  const compared = columns.map((column, i) => {
    const nulls = counted[i]!;
    const [positives, negatives] = [nulls.positives / p, nulls.negatives / n];
    const pooled = (nulls.positives + nulls.negatives) / (p + n);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / p + 1 / n));
    const z = error > 0 ? (positives - negatives) / error : 0;
    return { column, auc: 0.5 + Math.abs(positives - negatives) / 2, positives, negatives, p: normalTwoSided(z) };
  });
  const corrected = benjaminiHochberg(compared.map((one) => one.p));
  return compared.map(({ p: _p, ...one }, i) => ({ ...one, tells: corrected[i]! <= rate && one.auc >= worth }));
}
