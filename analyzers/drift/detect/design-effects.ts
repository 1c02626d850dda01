import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Comparison } from '../../../src/derived/comparison.js';
import type { Histogram } from './histogram.js';
import type { ClusterSizes } from '../../../src/stats/design-effect.js';
import type { DesignEffects } from '../../../src/stats/psi.js';
import { binSql } from '../../../src/dataset/sql/shapes/bin-counts.js';
import { clusterSizes, unitSample } from '../../../src/dataset/sql/shapes/cluster-sizes.js';
import { binnedIcc, designEffect } from '../../../src/stats/design-effect.js';

/** Reference rows, of whole users, from which the correlation within users is estimated. */
const sampleRows = 30_000;

/** How many rows count as one in each column: users repeat, and some columns hardly change within a user. */
export async function designEffects(
  { sides, rows }: Comparison,
  unit: Column | null,
  histograms: readonly Histogram[],
  run: Run,
): Promise<ReadonlyMap<Histogram, DesignEffects>> {
  const found = new Map<Histogram, DesignEffects>();
  if (unit === null || histograms.length === 0) return found;
  const { engine } = run;
  const sizes = await engine.rows(clusterSizes(sides, unit, engine.dialect), 2, run);
  const sizesOf = (side: number): ClusterSizes => {
    const own = sizes.find((row) => row['side'] === side);
    return { rows: Number(own?.['n'] ?? 0), squares: Number(own?.['squares'] ?? 0) };
  };
  for (const histogram of histograms) {
    const icc = await iccOf(histogram);
    const effect = (side: number): number => designEffect(sizesOf(side), icc);
    found.set(histogram, { reference: effect(0), current: effect(1) });
  }
  return found;

  async function iccOf({ column, cut }: Histogram): Promise<number> {
    const bin = cut === null ? column.id : binSql(cut, engine.dialect);
    const seed = run.random.fork('users').path;
    const query = unitSample(sides, unit!, [bin], sampleRows / rows.reference, seed, engine.dialect);
    const [units, bins] = [numbering(), numbering()];
    const pairs: [number[], number[]] = [[], []];
    for await (const batch of engine.batches(query, run)) {
      const [users, values] = batch.columns;
      for (let r = 0; r < batch.rows; r++) {
        pairs[0].push(units.of(users!.values[r]));
        pairs[1].push(bins.of(values!.values[r]));
      }
    }
    return binnedIcc(pairs[0], pairs[1], bins.size());
  }
}

/** Numbers values 0, 1, 2 … in order of appearance; the correlation does not depend on the order. */
function numbering(): { of(value: unknown): number; size(): number } {
  const known = new Map<unknown, number>();
  const of = (value: unknown): number => {
    const number = known.get(value) ?? known.size;
    known.set(value, number);
    return number;
  };
  return { of, size: () => known.size };
}
