import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Sides } from '../dataset/sql/shapes/sides.js';
import { bucketSql, timeSpan } from '../dataset/sql/shapes/marks-by-time.js';
import { rowsByBucket } from '../dataset/sql/shapes/rows-by-bucket.js';
import { bucketSeconds, momentText } from './time-width.js';

/** What the rows at hand are compared with. */
export interface Comparison {
  readonly by: 'reference' | 'test' | 'time';
  readonly sides: Sides;
  readonly rows: { readonly reference: number; readonly current: number };
  /** Start of the current side in words, where it was cut by time. */
  readonly from: string | null;
}

/** Share of the rows, the latest, that are compared with the earlier ones. */
const lateShare = 0.2;

/**
 * The comparison a study allows: training rows against the reference file; else the test file against the training
 * rows; else the last fifth of the training rows in time, cut at a whole day (hour, minute), against the earlier ones.
 * Null where there is none of them or a side would be empty. Computed once a run.
 */
export async function comparisonOf(study: Study, run: Run): Promise<Comparison | null> {
  return run.memo(`comparison ${study.train.name}`, async () => {
    const { train, reference, test, roles } = study;
    if (reference !== null) return relations('reference', reference, train);
    if (test !== null) return relations('test', train, test);
    return roles.time === null ? null : lateAgainstEarly(train, roles.time, run);
  });
}

function relations(by: 'reference' | 'test', reference: Relation, current: Relation): Comparison | null {
  const rows = { reference: reference.rows, current: current.rows };
  if (rows.reference === 0 || rows.current === 0) return null;
  return { by, sides: { kind: 'relations', reference, current }, rows, from: null };
}

async function lateAgainstEarly(relation: Relation, time: Column, run: Run): Promise<Comparison | null> {
  const { engine } = run;
  const [span = {}] = await engine.rows(timeSpan(relation, time, engine.dialect), 1, run);
  if (typeof span['low'] !== 'number' || typeof span['high'] !== 'number') return null;
  const width = bucketSeconds(span['high'] - span['low']);
  const counts = await engine.rows(rowsByBucket(relation, bucketSql(time, width, engine.dialect)), 100_000, run);
  const cut = cutAt(counts.map((row) => [Number(row['bucket']), Number(row['n'])]));
  if (cut === null) return null;
  const from = cut.bucket * width;
  return { by: 'time', sides: { kind: 'time', relation, time, from }, rows: cut.rows, from: momentText(from) };
}

/** The bucket from which on the share of rows is closest to {@link lateShare}, ties to the later one; null for one bucket. */
function cutAt(
  counts: readonly (readonly [bucket: number, rows: number])[],
): { bucket: number; rows: Comparison['rows'] } | null {
  const total = counts.reduce((sum, [, n]) => sum + n, 0);
  let best: { bucket: number; late: number } | null = null;
  let late = 0;
  const away = (rows: number): number => Math.abs(rows / total - lateShare);
  for (const [bucket, n] of counts.slice(1).toReversed()) {
    late += n;
    if (best === null || away(late) < away(best.late)) best = { bucket, late };
  }
  return best === null ? null : { bucket: best.bucket, rows: { reference: total - best.late, current: best.late } };
}
