import type { Batch, Query } from '../../core/engine.js';
import type { Run } from '../../core/run.js';
import type { FrameColumn } from './frame.js';
import { binValues } from './bin-values.js';
import { keysAt } from './keys-at.js';

/** Rows that were not in a frame, binned as its rows are. */
export interface BinnedBlock {
  readonly rows: number;
  /** Row-major, `stride` bytes a row, as in a frame; columns that were not asked for mean nothing. */
  readonly bins: Uint8Array;
  readonly stride: number;
  readonly keys: BigInt64Array;
  readonly label: Uint8Array;
  /** The row's draw among those of all such rows, in [0, 1). */
  readonly draw: Float64Array;
}

/** A block is filled once per so many rows, or bytes of bins where rows are wide. */
const mostRows = 65_536;
const mostBytes = 16 * 2 ** 20;

/**
 * The rows of a result of `rowsWithDraw` whose draw is `share` or more, with one column for each of `asked`, in blocks: what a table takes in memory does not
 * grow with its rows. The arrays of a block are used again for the next one.
 */
export async function* binnedBlocks(
  query: Query,
  columns: readonly FrameColumn[],
  asked: readonly number[],
  share: number,
  run: Run,
): AsyncGenerator<BinnedBlock> {
  const stride = Math.max(1, columns.length);
  let block = emptyBlock(Math.max(1, Math.min(mostRows, Math.floor(mostBytes / stride))), stride);
  let rows = 0;
  for await (const batch of run.engine.batches(query, run)) {
    if (rows > 0 && rows + batch.rows > block.label.length) {
      yield { ...block, rows };
      rows = 0;
    }
    if (batch.rows > block.label.length) block = emptyBlock(batch.rows, stride);
    rows += fill(block, rows, batch, columns, asked, share);
  }
  if (rows > 0) yield { ...block, rows };
}

interface Filling extends Omit<BinnedBlock, 'rows'> {
  /** Bins of one column of a batch. */
  readonly scratch: Uint8Array;
  /** Places in the batch of the rows that are taken. */
  readonly kept: Int32Array;
}

function emptyBlock(rows: number, stride: number): Filling {
  return {
    bins: new Uint8Array(rows * stride),
    stride,
    keys: new BigInt64Array(rows),
    label: new Uint8Array(rows),
    draw: new Float64Array(rows),
    scratch: new Uint8Array(rows),
    kept: new Int32Array(rows),
  };
}

/** Takes the rows of a batch; returns how many. */
function fill(
  block: Filling,
  at: number,
  batch: Batch,
  columns: readonly FrameColumn[],
  asked: readonly number[],
  share: number,
): number {
  const [k, y, u, ...cells] = batch.columns;
  const [keys, labels, draws] = [k!.values as BigInt64Array, y!.values as Int32Array, u!.values as Float64Array];
  const { bins, stride, scratch, kept } = block;
  let rows = 0;
  for (let row = 0; row < batch.rows; row++) {
    if (draws[row]! < share) continue;
    block.label[at + rows] = labels[row]!;
    block.draw[at + rows] = (draws[row]! - share) / (1 - share);
    kept[rows++] = row;
  }
  block.keys.set(keysAt(keys, kept.subarray(0, rows)), at);
  asked.forEach((column, i) => {
    const { binning } = columns[column]!;
    const vector = cells[i]!;
    if (binning.kind === 'numeric') binValues(binning, vector, scratch);
    else scratch.set(vector.values as Int32Array);
    let cell = at * stride + column;
    for (let i = 0; i < rows; i++) {
      bins[cell] = scratch[kept[i]!]!;
      cell += stride;
    }
  });
  return rows;
}
