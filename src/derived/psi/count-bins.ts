import type { Column } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Comparison } from '../comparison.js';
import type { Compared } from './compared-columns.js';
import type { Bin, Histogram } from './histogram.js';
import type { Cut } from '../../dataset/sql/shapes/bin-counts.js';
import type { Sides } from '../../dataset/sql/shapes/sides.js';
import { binCounts } from '../../dataset/sql/shapes/bin-counts.js';
import { levelCounts } from '../../dataset/sql/shapes/level-counts.js';
import { referenceScalars } from '../../dataset/sql/shapes/reference-scalars.js';
import { isScalar } from '../../dataset/sql/shapes/scalar.js';
import { sampledRows } from '../sampled-rows.js';
import { equalDepthEdges } from './edges.js';
import { rangeLabel } from './histogram.js';

/** Columns of numbers that are sampled and counted together. */
const chunk = 64;
/** Values with fewer reference rows are pooled. */
const leastRows = 20;
/** More frequent values than any column of sense has; a result beyond it is an error, not a cut. */
const maxLevels = 5_000_000;

/** Counts every column on both sides, in the order given; in chunks, so that memory does not grow with the columns. */
export async function countBins(
  comparison: Pick<Comparison, 'sides'>,
  columns: readonly Compared[],
  run: Run,
): Promise<readonly Histogram[]> {
  const numbers = columns.filter((c) => c.kind === 'numeric' && isScalar(c.column)).map((c) => c.column);
  const found = new Map<string, Histogram>();
  for (let at = 0; at < numbers.length; at += chunk) {
    const cuts = await cutsOf(comparison, numbers.slice(at, at + chunk), run);
    for (const histogram of await countRanges(comparison, cuts, run)) found.set(histogram.column.id, histogram);
    run.signal.throwIfAborted();
  }
  for (const { column } of columns) {
    if (!found.has(column.id)) found.set(column.id, await countLevels(comparison, column, run));
    run.progress.advance();
  }
  return columns.map(({ column }) => found.get(column.id)!);
}

/** Edges of the columns that have many values, from a sample; the counts are of all rows. */
async function cutsOf(
  { sides }: Pick<Comparison, 'sides'>,
  columns: readonly Column[],
  run: Run,
): Promise<readonly Cut[]> {
  const query = referenceScalars(await sampledSides(sides, run), columns, run.engine.dialect);
  const values: number[][] = columns.map(() => []);
  for await (const batch of run.engine.batches(query, run)) {
    batch.columns.forEach(({ values: cells, valid }, i) => {
      for (let r = 0; r < batch.rows; r++) if (valid === null || valid[r] === 1) values[i]!.push(Number(cells[r]));
    });
  }
  return columns.flatMap((column, i) => {
    const edges = equalDepthEdges(Float64Array.from(values[i]!));
    return edges === null ? [] : [{ column, edges }];
  });
}

async function sampledSides(sides: Sides, run: Run): Promise<Sides> {
  return sides.kind !== 'relations'
    ? { ...sides, relation: await sampledRows(sides.relation, run) }
    : { ...sides, reference: await sampledRows(sides.reference, run) };
}

async function countRanges(
  { sides }: Pick<Comparison, 'sides'>,
  cuts: readonly Cut[],
  run: Run,
): Promise<readonly Histogram[]> {
  if (cuts.length === 0) return [];
  const bins = cuts.map(({ edges }) => [
    ...Array.from({ length: edges.length + 1 }, (_, i) => emptyBin('range', rangeLabel(edges, i))),
    emptyBin('null', 'null'),
  ]);
  const query = binCounts(sides, cuts, run.engine.dialect);
  for (const row of await run.engine.rows(query, 2, run)) {
    const side = row['side'] === 0 ? 'reference' : 'current';
    for (const [i, own] of bins.entries())
      own.forEach((bin, j) => (bin[side] = Number(row[j === own.length - 1 ? `n${i}` : `h${i}_${j}`])));
  }
  return cuts.map((cut, i) => ({ column: cut.column, cut, bins: bins[i]! }));
}

async function countLevels({ sides }: Pick<Comparison, 'sides'>, column: Column, run: Run): Promise<Histogram> {
  const rows = await run.engine.rows(levelCounts(sides, column, leastRows, run.engine.dialect), maxLevels, run);
  const bins = rows.map((row): Bin => {
    const kind = String(row['kind']) as Exclude<Bin['kind'], 'range'>;
    const label = kind === 'level' ? String(row['level']) : labels[kind];
    return { kind, label, reference: Number(row['reference']), current: Number(row['current']) };
  });
  const once = Number(rows.find((row) => row['kind'] === 'rare')?.['once'] ?? 0);
  return { column, cut: null, bins: once === 0 ? bins : leftOut(bins, once) };
}

/**
 * Counts `once` reference rows, each the only one of its value, where a current row of such a value is counted: among the
 * unseen. Their share is what the next rows of the same law have of values not seen before (Good 1953, The population
 * frequencies of species).
 */
function leftOut(bins: readonly Bin[], once: number): readonly Bin[] {
  const rows = { rare: -once, unseen: once } as const;
  const known = bins.some(({ kind }) => kind === 'unseen') ? bins : [...bins, emptyBin('unseen', labels.unseen)];
  return known.map((bin) =>
    bin.kind === 'rare' || bin.kind === 'unseen' ? { ...bin, reference: bin.reference + rows[bin.kind] } : bin,
  );
}

const labels = { rare: 'rare values', unseen: 'unseen values', null: 'null' } as const;

function emptyBin(kind: Bin['kind'], label: string): { -readonly [K in keyof Bin]: Bin[K] } {
  return { kind, label, reference: 0, current: 0 };
}
