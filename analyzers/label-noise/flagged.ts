import type { Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Excess } from './excess.js';
import type { Given } from './given.js';
import type { HotSlice } from './hot-slices.js';
import { round12 } from '../../src/stats/round12.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { calledRows } from './excess.js';

/** Rows flagged under one code. */
interface Group {
  readonly code: string;
  readonly rows: Int32Array;
  readonly args: (row: number) => { readonly [name: string]: number | string };
}

/**
 * Writes all flagged rows: positives of hot slices, called rows, and the review lists (rows named once, under the first
 * code that fits). The score is the out-of-fold probability of the other label.
 */
export async function flagRows(
  study: Study,
  given: Given,
  slices: readonly HotSlice[],
  excesses: readonly Excess[],
  reviews: readonly Int32Array[],
  run: Run,
): Promise<Flagged | null> {
  const p = (row: number): { p: number } => ({
    p: round12(given.label[row] === 1 ? given.p[row]! : 1 - given.p[row]!),
  });
  const inSlices = given.label.map((label, row) => label & given.hot[row]!);
  const hot = Int32Array.from(given.keys, (_, row) => row).filter((row) => inSlices[row] === 1);
  const groups: readonly Group[] = [
    ...(slices.length === 0 ? [] : [{ code: 'label-noise.in-hot-slice', rows: hot, args: p }]),
    ...excesses.map((excess) => ({ code: 'label-noise.called', rows: calledRows(given, excess), args: p })),
    ...reviews.map((rows) => ({ code: 'label-noise.review', rows, args: p })),
  ];
  return writeGroups(study, given, groups, run);
}

async function writeGroups(study: Study, given: Given, groups: readonly Group[], run: Run): Promise<Flagged | null> {
  const seen = new Set<number>();
  const out = {
    k: [] as bigint[],
    code: [] as string[],
    score: [] as number[],
    suggestion: [] as string[],
    args: [] as string[],
  };
  const { positive, negative } = study.roles.label!;
  for (const { code, rows, args } of groups) {
    for (const row of rows) {
      if (seen.has(row)) continue;
      seen.add(row);
      out.k.push(given.keys[row]!);
      out.code.push(code);
      out.score.push(round12(given.label[row] === 1 ? 1 - given.p[row]! : given.p[row]!));
      out.suggestion.push(given.label[row] === 1 ? negative : positive);
      out.args.push(JSON.stringify(args(row)));
    }
  }
  if (seen.size === 0) return null;
  const relation = tableName('label_noise_flagged', study.train.name, run.random.path);
  await run.engine.put(
    relation,
    [
      { name: 'k', type: 'BIGINT', values: BigInt64Array.from(out.k) },
      { name: 'code', type: 'VARCHAR', values: out.code },
      { name: 'column_name', type: 'VARCHAR', values: out.code.map(() => null) },
      { name: 'score', type: 'DOUBLE', values: Float64Array.from(out.score) },
      { name: 'suggestion', type: 'VARCHAR', values: out.suggestion },
      { name: 'args', type: 'VARCHAR', values: out.args },
    ],
    run,
  );
  return { relation, rows: seen.size };
}
