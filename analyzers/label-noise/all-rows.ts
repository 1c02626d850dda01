import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { HotSlice } from './hot-slices.js';
import { excessOfSlices, rowsOfSlices } from '../../src/dataset/sql/shapes/doubted-rows.js';
import { labelTotals } from '../../src/dataset/sql/shapes/given-labels.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { zOf } from './hot-stretches.js';

/** All training rows, and the slices that are hot among them. */
export interface AllRows {
  readonly rows: number;
  readonly positives: number;
  /** A table `(k, p, y)`. */
  readonly predictions: string;
  /** Rows of the slices, as a table of the shape `rowsOfSlices`; null where there is no slice. */
  readonly hot: string | null;
  readonly slices: readonly HotSlice[];
}

/** Rows with a label, and positives among them. */
export async function totalsOf({ train, roles }: Study, run: Run): Promise<Pick<AllRows, 'rows' | 'positives'>> {
  const [totals] = await run.engine.rows(labelTotals(train, roles.label!, run.engine.dialect), 1, run);
  return { rows: Number(totals?.['n'] ?? 0), positives: Number(totals?.['y'] ?? 0) };
}

/** Looks all rows up that lie in the slices. Slices that were found in a sample of the rows are counted anew over all. */
export async function allRows(
  study: Study,
  predictions: string,
  found: { readonly slices: readonly HotSlice[]; readonly inSample: boolean },
  totals: Pick<AllRows, 'rows' | 'positives'>,
  run: Run,
): Promise<AllRows> {
  const { engine } = run;
  const hot = found.slices.length === 0 ? null : tableName('label_noise_hot', study.train.name, run.random.path);
  if (hot !== null)
    await engine.write(rowsOfSlices(study.train, found.slices, engine.dialect), { kind: 'table', name: hot }, run);
  const slices =
    hot === null || !found.inSample ? found.slices : await countSlices(found.slices, hot, predictions, run);
  return { ...totals, predictions, hot, slices };
}

async function countSlices(
  slices: readonly HotSlice[],
  hot: string,
  predictions: string,
  run: Run,
): Promise<readonly HotSlice[]> {
  const counted = await run.engine.rows(excessOfSlices(hot, predictions), slices.length, run);
  return slices.flatMap((slice, s): readonly HotSlice[] => {
    const row = counted.find((one) => Number(one['s']) === s);
    // All of its rows may lie in slices before it.
    if (row === undefined) return [];
    const [rows, positives, expected, variance] = ['n', 'y', 'e', 'v'].map((name) => Number(row[name]));
    const z = zOf(positives!, expected!, variance!, slice.stray);
    return [{ ...slice, rows: rows!, positives: positives!, expected: expected!, z }];
  });
}
