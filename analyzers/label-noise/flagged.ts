import type { Batch, PutColumn } from '../../src/core/engine.js';
import type { Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { DoubtedRows } from '../../src/dataset/sql/shapes/doubted-rows.js';
import type { AllRows } from './all-rows.js';
import type { Excess } from './excess.js';
import { doubtedRows } from '../../src/dataset/sql/shapes/doubted-rows.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { tableParts } from '../../src/derived/table-parts.js';
import { round12 } from '../../src/stats/round12.js';

/** Rows flagged under one code. */
interface Group {
  readonly code: string;
  readonly rows: DoubtedRows;
}

/** The rows with a label that the model doubts most: how many there are to review. */
export interface ReviewList {
  readonly label: 0 | 1;
  readonly rows: number;
}

/** Flagged rows that are held at a time. */
const heldRows = 65_536;

/**
 * Writes all flagged rows: positives of hot slices, called rows, and the review lists (rows named once, under the first
 * code that fits). The score is the out-of-fold probability of the other label.
 */
export async function flagRows(
  study: Study,
  { predictions, hot }: AllRows,
  excesses: readonly Excess[],
  reviews: readonly ReviewList[],
  run: Run,
): Promise<Flagged | null> {
  const groups: readonly Group[] = [
    ...(hot === null ? [] : [{ code: 'label-noise.in-hot-slice', rows: { in: 'slices' } as const }]),
    ...excesses
      .filter(({ called }) => called > 0)
      .map(({ label, called }) => ({ code: 'label-noise.called', rows: { in: 'rest', label, rows: called } as const })),
    ...reviews.map((list) => ({ code: 'label-noise.review', rows: { in: 'all', ...list } as const })),
  ];
  const relation = tableName('label_noise_flagged', study.train.name, run.random.path);
  const parts = tableParts(relation, ['k', 'code', 'column_name', 'score', 'suggestion', 'args'], run);
  const query = doubtedRows(
    predictions,
    hot,
    groups.map((group) => group.rows),
  );
  let held = emptyRows();
  let rows = 0;
  const store = async (): Promise<void> => {
    await parts.add(columnsOf(held));
    rows += held.k.length;
    held = emptyRows();
  };
  for await (const batch of run.engine.batches(query, run)) {
    addRows(held, batch, groups, study.roles.label!);
    if (held.k.length >= heldRows) await store();
  }
  if (held.k.length > 0) await store();
  if (rows === 0) return null;
  await parts.finish();
  return { relation, rows };
}

interface Rows {
  readonly k: bigint[];
  readonly code: string[];
  readonly score: number[];
  readonly suggestion: string[];
  readonly args: string[];
}

function emptyRows(): Rows {
  return { k: [], code: [], score: [], suggestion: [], args: [] };
}

function addRows(into: Rows, batch: Batch, groups: readonly Group[], { positive, negative }: Label): void {
  const [k, y, p, g] = batch.columns.map((column) => column.values);
  for (let i = 0; i < batch.rows; i++) {
    const isPositive = Number(y![i]) === 1;
    const one = Number(p![i]);
    into.k.push(BigInt(k![i]!));
    into.code.push(groups[Number(g![i])]!.code);
    into.score.push(round12(isPositive ? 1 - one : one));
    into.suggestion.push(isPositive ? negative : positive);
    into.args.push(JSON.stringify({ p: round12(isPositive ? one : 1 - one) }));
  }
}

function columnsOf({ k, code, score, suggestion, args }: Rows): readonly PutColumn[] {
  return [
    { name: 'k', type: 'BIGINT', values: BigInt64Array.from(k) },
    { name: 'code', type: 'VARCHAR', values: code },
    { name: 'column_name', type: 'VARCHAR', values: code.map(() => null) },
    { name: 'score', type: 'DOUBLE', values: Float64Array.from(score) },
    { name: 'suggestion', type: 'VARCHAR', values: suggestion },
    { name: 'args', type: 'VARCHAR', values: args },
  ];
}
