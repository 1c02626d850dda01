import type { Shape } from './kernel.js';
import { mostLeaves } from './leaf-masks.js';

/** Addresses of a model's arrays in one linear memory, and where they end. */
export interface Regions {
  readonly matrix: number;
  /** The same bins column by column. */
  readonly columns: number;
  readonly label: number;
  /** 0 where all weights are 1. */
  readonly weight: number;
  readonly scores: number;
  /** Two doubles a row. */
  readonly gradients: number;
  readonly index: number;
  readonly spare: number;
  readonly histograms: number;
  readonly bins: number;
  readonly goLeft: number;
  /** What the split scan found. */
  readonly found: number;
  /** 2^(j / 64) for the exponential. */
  readonly fractions: number;
  readonly scoredMatrix: number;
  readonly scoredScores: number;
  /** Of one tree: sets of leaves, byte offsets of its columns, values of its leaves. */
  readonly masks: number;
  readonly maskColumns: number;
  readonly maskValues: number;
  readonly end: number;
}

/**
 * Lays a model out from address `heap` on. A training row takes twice the padded number of columns and 33 bytes (score 8,
 * gradients 16, places 8, label 1), 41 with weights; a histogram 4,160 bytes for each column.
 */
export function regionsOf(shape: Shape, heap: number): Regions {
  const { layout, rows, scored } = shape;
  let end = heap;
  const take = (bytes: number): number => {
    const start = Math.ceil(end / 64) * 64;
    end = start + bytes;
    return start;
  };
  const regions = {
    bins: take(4 * layout.stride),
    goLeft: take(256),
    found: take(24),
    fractions: take(512),
    masks: take(1024 * (shape.leaves - 1)),
    maskColumns: take(4 * (shape.leaves - 1)),
    // As many as a set of leaves has bits, however few the tree has.
    maskValues: take(8 * mostLeaves),
    histograms: take(8 * layout.size * shape.histograms),
    matrix: take(layout.stride * rows),
    columns: take(layout.stride * rows),
    label: take(rows),
    weight: shape.weighted ? take(8 * rows) : 0,
    scores: take(8 * rows),
    gradients: take(16 * rows),
    index: take(4 * rows),
    spare: take(4 * rows),
    scoredMatrix: take(layout.stride * scored),
    scoredScores: take(8 * scored),
  };
  return { ...regions, end };
}
