import type { Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Feature } from '../../core/study.js';
import type { LevelCount } from './level-bins.js';
import type { Binning, FrameColumn } from './frame.js';
import { levelFrequencies, sampledValues } from '../../dataset/sql/shapes/frame-rows.js';
import { rootRandom } from '../root-random.js';
import { levelBinning } from './level-bins.js';
import { numericEdges } from './numeric-edges.js';

/** Rows that quantiles are taken from; a bin's edge is then off by about .1% of the rows. */
const sampleRows = 200_000;
/** Values held at once while edges are found, 8 bytes each: wide tables are read in groups of columns. */
const valuesHeld = 16_000_000;

/** Frame columns of the features, with edges and levels learnt from the training rows of `train`. */
export async function learnBinning(
  train: Relation,
  features: readonly Feature[],
  run: Run,
): Promise<readonly FrameColumn[]> {
  const binnings = new Map<Feature, Binning>();
  const numeric = features.filter((feature) => feature.kind === 'numeric');
  const group = Math.max(1, Math.floor(valuesHeld / Math.max(1, Math.min(train.rows, sampleRows))));
  for (let i = 0; i < numeric.length; i += group) {
    const some = numeric.slice(i, i + group);
    const edges = await learnEdges(train, some, run);
    some.forEach((feature, j) => binnings.set(feature, { kind: 'numeric', edges: edges[j]! }));
  }
  for (const feature of features) {
    if (feature.kind === 'categorical') binnings.set(feature, levelBinning(await readLevels(train, feature, run)));
  }
  return features.map((feature) => {
    const binning = binnings.get(feature)!;
    return { feature, binning, binCount: countBins(binning) };
  });
}

async function learnEdges(train: Relation, features: readonly Feature[], run: Run): Promise<readonly Float64Array[]> {
  const share = train.rows <= sampleRows ? 1 : sampleRows / train.rows;
  const query = sampledValues(train, features, share, rootRandom(run).fork('bins').path, run.engine.dialect);
  const values = features.map(() => new Float64Array(Math.min(train.rows, Math.ceil(sampleRows * 1.1) + 1000)));
  const counts = features.map(() => 0);
  for await (const batch of run.engine.batches(query, run)) {
    batch.columns.forEach((vector, c) => {
      const numbers = vector.values as Float64Array;
      const into = values[c]!;
      let count = counts[c]!;
      for (let i = 0; i < batch.rows && count < into.length; i++) {
        const missing = (vector.valid !== null && vector.valid[i] === 0) || Number.isNaN(numbers[i]!);
        if (!missing) into[count++] = numbers[i]!;
      }
      counts[c] = count;
    });
  }
  return values.map((column, c) => numericEdges(column.subarray(0, counts[c])));
}

async function readLevels(train: Relation, { column }: Feature, run: Run): Promise<readonly LevelCount[]> {
  const counts: LevelCount[] = [];
  for await (const { rows, columns } of run.engine.batches(levelFrequencies(train, column), run)) {
    const levels = columns[0]!.values as readonly (string | null)[];
    const numbers = columns[1]!.values;
    for (let i = 0; i < rows; i++) counts.push({ level: levels[i]!, rows: Number(numbers[i]) });
  }
  return counts;
}

function countBins(binning: Binning): number {
  if (binning.kind === 'numeric') return binning.edges.length + 1;
  let most = -1;
  for (const bin of binning.bins) if (bin > most) most = bin;
  return Math.max(1, most + 1);
}
