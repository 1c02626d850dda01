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
import { columnsAsked } from '../models/gbdt/model.js';
import { createScorer, type Scorer } from '../models/pool/scorer.js';
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
    const flush = async (): Promise<void> => {
      await parts.add([
        { name: 'k', type: 'BIGINT', values: part.k.subarray(0, held) },
        { name: 'p', type: 'DOUBLE', values: part.p.subarray(0, held) },
        { name: 'y', type: 'UTINYINT', values: part.y.subarray(0, held) },
      ]);
      held = 0;
    };
    const store = async ({ keys, label, p }: Scored): Promise<void> => {
      const rows = p.length;
      for (let from = 0; from < rows;) {
        const to = Math.min(rows, from + partRows - held);
        part.k.set(keys.subarray(from, to), held);
        part.y.set(label.subarray(from, to), held);
        part.p.set(p.subarray(from, to), held);
        held += to - from;
        from = to;
        if (held === partRows) await flush();
      }
      progress.advance(rows);
    };
    const scorer = createScorer(models, columns, run);
    try {
      // While some blocks are scored, the next one is read.
      const underWay: Promise<Scored>[] = [];
      for await (const block of binnedBlocks(query, columns, asked, drawn.share, run)) {
        underWay.push(scored(scorer, block));
        if (underWay.length > run.threads) await store(await underWay.shift()!);
      }
      for (const one of underWay) await store(await one);
    } finally {
      await scorer.close();
    }
    if (held > 0) await flush();
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

interface Scored extends Pick<BinnedBlock, 'keys' | 'label'> {
  readonly p: Float64Array;
}

/** A block is filled anew once it was read, so what is needed later is copied. */
function scored(scorer: Scorer, { rows, bins, stride, keys, label, draw }: BinnedBlock): Promise<Scored> {
  const own = { keys: keys.slice(0, rows), label: label.slice(0, rows) };
  const asked = scorer.score({ bins: bins.slice(0, rows * stride), stride, draw: draw.slice(0, rows) });
  const result = asked.then((p) => ({ ...own, p }));
  // Its failure is told when it is awaited; until then nobody does.
  result.catch(() => {});
  return result;
}
