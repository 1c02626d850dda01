import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { KeyRange } from './manifest.js';
import { AssayError } from '../../core/errors.js';
import { keyRangesQuery, keySpansQuery } from '../../dataset/sql/plan/files.js';

/** More holes than this in the row keys, and they no longer fit a manifest. */
const maxRanges = 100_000;

/**
 * The row keys of a relation as runs of consecutive keys: what a cleaned file's rows are counted along. Almost always
 * one run a file, which a count, a minimum and a maximum tell; only where keys have holes are they ranked.
 */
export async function keyRangesOf(relation: Relation, run: Run): Promise<readonly KeyRange[]> {
  const spans = await run.engine.rows(keySpansQuery(relation), maxRanges, run);
  const whole = spans.every(
    (s) => BigInt(String(s['last'])) - BigInt(String(s['first'])) + 1n === BigInt(String(s['rows'])),
  );
  const ranges = whole ? spans : await run.engine.rows(keyRangesQuery(relation, maxRanges), maxRanges + 1, run);
  if (ranges.length > maxRanges) {
    throw new AssayError('internal', { message: `the row keys of ${relation.name} have more than ${maxRanges} holes` });
  }
  return ranges.map((r) => ({ first: String(r['first']), rows: Number(r['rows']) }));
}
