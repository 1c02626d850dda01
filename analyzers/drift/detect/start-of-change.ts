import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { UnitRows } from '../../../src/dataset/sql/shapes/unit-change-rows.js';
import type { UnitShift } from './unit-shift.js';
import { logMeans } from '../../../src/dataset/sql/shapes/unit-change-rows.js';

/** Mean logarithm of the rows of one narrow bucket. */
interface Means {
  readonly bucket: number;
  readonly n: number;
  readonly mean: number;
}

const day = 86_400;

/**
 * The moment from which values are in the new unit, in seconds: all rows of the coarse buckets around the change are
 * read again in narrow ones, and the cut is where fewest rows lie nearer to the other unit. Of the empty time around
 * the cut, the start of a day is taken where there is one.
 */
export async function startOfChange(
  relation: Relation,
  at: UnitRows,
  shift: UnitShift,
  { coarse, fine }: { readonly coarse: number; readonly fine: number },
  run: Run,
): Promise<number> {
  const between: [number, number] = [at.from - coarse, at.from + coarse];
  const query = logMeans(relation, at, fine, between, run.engine.dialect);
  const rows = await run.engine.rows(query, Math.ceil((2 * coarse) / fine) + 2, run);
  const means = rows.map((row): Means => {
    return { bucket: Number(row['bucket']), n: Number(row['n']), mean: Number(row['mean']) };
  });
  if (means.length === 0) return at.from;
  const cut = cheapestCut(means, shift);
  const earliest = cut === 0 ? between[0] : (means[cut - 1]!.bucket + 1) * fine;
  const latest = cut === means.length ? between[1] : means[cut]!.bucket * fine;
  const midnight = Math.ceil(earliest / day) * day;
  return midnight <= latest ? midnight : latest;
}

/** Number of buckets before the cut. */
function cheapestCut(means: readonly Means[], { before, after }: UnitShift): number {
  const isNew = ({ mean }: Means): boolean => Math.abs(mean - after) < Math.abs(mean - before);
  let wrong = means.reduce((sum, m) => sum + (isNew(m) ? 0 : m.n), 0);
  let [best, least] = [0, wrong];
  means.forEach((m, i) => {
    wrong += isNew(m) ? m.n : -m.n;
    if (wrong < least) [best, least] = [i + 1, wrong];
  });
  return best;
}
