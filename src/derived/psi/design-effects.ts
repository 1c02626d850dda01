import type { Column } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Comparison } from '../comparison.js';
import type { Histogram } from './histogram.js';
import type { ClusterSizes } from '../../stats/design-effect.js';
import type { DesignEffects } from '../../stats/psi.js';
import { binSql } from '../../dataset/sql/shapes/bin-counts.js';
import { clusterSizes, unitSample } from '../../dataset/sql/shapes/cluster-sizes.js';
import { binnedIcc, designEffect } from '../../stats/design-effect.js';

/** Reference rows, of whole users, from which the correlation within users is estimated. */
const sampleRows = 30_000;
/** Values read at once, whatever the number of columns. */
const sampleCells = 1_000_000;

/** How many rows count as one in each column: users repeat, and some columns hardly change within a user. */
export async function designEffects(
  { sides, rows }: Pick<Comparison, 'sides' | 'rows'>,
  unit: Column | null,
  histograms: readonly Histogram[],
  run: Run,
): Promise<ReadonlyMap<Histogram, DesignEffects>> {
  const found = new Map<Histogram, DesignEffects>();
  if (unit === null || histograms.length === 0) return found;
  const { engine } = run;
  const [sizes = {}] = await engine.rows(clusterSizes(sides, unit, engine.dialect), 1, run);
  const sizesOf = (side: number): ClusterSizes => ({
    rows: Number(sizes[`n${side}`] ?? 0),
    squares: Number(sizes[`squares${side}`] ?? 0),
  });
  const correlations = await withinUnits({ sides, rows }, unit, histograms, run);
  histograms.forEach((histogram, i) => {
    const effect = (side: number): number => designEffect(sizesOf(side), correlations[i]!);
    found.set(histogram, { reference: effect(0), current: effect(1) });
  });
  return found;
}

/** Correlation of each column within the users of the reference, all from one sample of whole users. */
async function withinUnits(
  { sides, rows }: Pick<Comparison, 'sides' | 'rows'>,
  unit: Column,
  histograms: readonly Histogram[],
  run: Run,
): Promise<readonly number[]> {
  const { engine } = run;
  const bins = histograms.map(({ column, cut }) => (cut === null ? column.id : binSql(cut, engine.dialect)));
  const wanted = Math.min(sampleRows, sampleCells / bins.length);
  const seed = run.random.fork('users').path;
  const query = unitSample(sides, unit, bins, wanted / rows.reference, seed, engine.dialect);
  const units: number[] = [];
  const cells: number[][] = bins.map(() => []);
  const number = [...bins, ''].map(numbering);
  for await (const { rows: count, columns } of engine.batches(query, run)) {
    for (let r = 0; r < count; r++) {
      units.push(number.at(-1)!.of(columns[0]!.values[r]));
      cells.forEach((own, i) => own.push(number[i]!.of(columns[i + 1]!.values[r])));
    }
  }
  return cells.map((own, i) => binnedIcc(units, own, number[i]!.size()));
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
