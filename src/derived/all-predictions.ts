import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { BinnedFeature } from '../dataset/sql/shapes/frame-rows.js';
import type { BinnedBlock } from '../models/frame/binned-blocks.js';
import type { FrameColumn } from '../models/frame/frame.js';
import type { OutOfFold } from './out-of-fold.js';
import { rowsWithDraw } from '../dataset/sql/shapes/frame-rows.js';
import { tableName } from '../dataset/sql/table-name.js';
import { binnedBlocks } from '../models/frame/binned-blocks.js';
import { missingBin } from '../models/frame/frame.js';
import { columnsAsked, predict } from '../models/gbdt/model.js';
import { drawnUnits } from './sampled-units.js';
import { tableParts } from './table-parts.js';

/** Rows that are stored at a time, 17 bytes each. */
const partRows = 2 ** 21;

/**
 * Out-of-fold probabilities of all training rows, as a table like {@link OutOfFold.table} in any order. Rows of the sample
 * `sampledUnits(study, rows)` have those of `sample`, whose models are kept; the others are read once, binned with the edges
 * of the sample, and scored as they pass.
 *
 * A row outside the sample is unknown to the models of all folds. Its unit's draw deals it to one fold of each division,
 * as units of the sample are dealt, and that fold's model is asked: a mean over the folds would vary less than what rows
 * of the sample have, and a limit found on those would mean something else here.
 */
export function allPredictions(study: Study, rows: number, sample: OutOfFold, run: Run): Promise<string> {
  const drawn = drawnUnits(study, rows, run.engine.dialect);
  if (drawn === null) return Promise.resolve(sample.table);
  return run.memo(`all-predictions ${sample.table}`, async () => {
    const { models, columns } = sample;
    const asked = columnsAsked(models.flat(), columns);
    const progress = run.progress.step('rows outside the sample', study.train.rows - sample.keys.length);
    const name = tableName('all_predictions', sample.table);
    const features: BinnedFeature[] = [];
    for (const column of asked) features.push(await binned(columns[column]!, `${name}__levels_${column}`, run));
    const { dialect } = run.engine;
    const query = rowsWithDraw(study.train, study.roles.label!, features, drawn, missingBin, dialect);
    const parts = tableParts(name, ['k', 'p', 'y'], run);
    const part = emptyPart();
    let held = 0;
    const store = async (): Promise<void> => {
      await parts.add([
        { name: 'k', type: 'BIGINT', values: part.k.subarray(0, held) },
        { name: 'p', type: 'DOUBLE', values: part.p.subarray(0, held) },
        { name: 'y', type: 'UTINYINT', values: part.y.subarray(0, held) },
      ]);
      held = 0;
    };
    for await (const block of binnedBlocks(query, columns, asked, drawn.share, run)) {
      const p = predictBlock(sample, block);
      for (let from = 0; from < block.rows;) {
        const to = Math.min(block.rows, from + partRows - held);
        part.k.set(block.keys.subarray(from, to), held);
        part.y.set(block.label.subarray(from, to), held);
        part.p.set(p.subarray(from, to), held);
        held += to - from;
        from = to;
        if (held === partRows) await store();
      }
      progress.advance(block.rows);
    }
    if (held > 0) await store();
    for (const { levels } of features) if (levels !== null) await run.engine.drop(levels, run);
    await parts.finish([sample.table]);
    progress.end();
    return name;
  });
}

/** Levels of a categorical column go into the engine, with their bins. */
async function binned({ feature, binning }: FrameColumn, table: string, run: Run): Promise<BinnedFeature> {
  if (binning.kind === 'numeric') return { feature, levels: null };
  const columns = [
    { name: 'v', type: 'VARCHAR', values: [...binning.codes.keys()] },
    { name: 'b', type: 'INTEGER', values: Int32Array.from(binning.codes.values(), (code) => binning.bins[code]!) },
  ];
  await run.engine.put(table, columns, run);
  return { feature, levels: table };
}

function emptyPart(): { readonly k: BigInt64Array; readonly p: Float64Array; readonly y: Uint8Array } {
  return { k: new BigInt64Array(partRows), p: new Float64Array(partRows), y: new Uint8Array(partRows) };
}

/** The mean over the divisions of what the model of the row's fold says. */
export function predictBlock(
  { models, columns }: Pick<OutOfFold, 'models' | 'columns'>,
  block: Pick<BinnedBlock, 'rows' | 'bins' | 'stride' | 'draw'>,
): Float64Array {
  const p = new Float64Array(block.rows);
  const rest = block.draw.slice(0, block.rows);
  for (const folds of models) {
    dealt(rest, folds.length).forEach((rows, fold) => {
      const scores = predict(folds[fold]!, { ...block, columns }, rows);
      for (let i = 0; i < rows.length; i++) p[rows[i]!]! += scores[i]! / models.length;
    });
  }
  return p;
}

/** The rows of each of `count` folds by their draws; the place within a fold is the draw for the next division. */
function dealt(draws: Float64Array, count: number): readonly Int32Array[] {
  const folds = Array.from({ length: count }, () => new Int32Array(draws.length));
  const sizes = new Int32Array(count);
  for (let row = 0; row < draws.length; row++) {
    const place = draws[row]! * count;
    const fold = Math.min(count - 1, Math.floor(place));
    draws[row] = place - fold;
    folds[fold]![sizes[fold]!++] = row;
  }
  return folds.map((rows, fold) => rows.subarray(0, sizes[fold]));
}
