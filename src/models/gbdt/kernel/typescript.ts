import type { Kernel, Shape, Work } from './kernel.js';
import { buildHistogram, subtractHistogram } from '../histogram.js';
import { logLossGradients, roundGradients } from '../loss.js';
import { createMatrix } from '../matrix.js';
import { partition } from '../partition.js';
import { findCandidate } from '../splitting.js';
import { addTree } from '../tree.js';

/** The reference: plain loops over typed arrays, for any size and any machine. */
export const typescriptKernel: Kernel = { name: 'typescript', allocate };

function allocate(shape: Shape): Work {
  const { layout, rows } = shape;
  const matrix = createMatrix(rows, layout);
  const label = new Uint8Array(rows);
  const weight = shape.weighted ? new Float64Array(rows) : null;
  const scores = new Float64Array(rows);
  const gradients = new Float64Array(2 * rows);
  const index = new Int32Array(rows);
  const spare = new Int32Array(rows);
  // Each is made when it is first used: small data never need all of them.
  const histograms: Float64Array[] = [];
  const histogram = (slot: number): Float64Array => (histograms[slot] ??= new Float64Array(layout.size));
  const scored = { matrix: createMatrix(shape.scored, layout), scores: new Float64Array(shape.scored) };
  return {
    shape,
    matrix,
    label,
    weight,
    scores,
    scored,
    filled: () => {},
    gradients: () => logLossGradients(gradients, scores, label, weight),
    round: (scale) => roundGradients(gradients, scale),
    order: () => {
      for (let row = 0; row < rows; row++) index[row] = row;
    },
    histogram,
    build: (slot, from, to) => buildHistogram(histogram(slot), layout, matrix, gradients, index, from, to),
    subtract: (slot, other) => subtractHistogram(histogram(slot), histogram(other), layout),
    candidate: (slot, bounds) => findCandidate(histogram(slot), layout, bounds),
    partition: (from, to, column, goLeft) =>
      partition(index, spare, from, to, matrix.bytes, layout.stride, column, goLeft),
    addToLeaf: (from, to, value) => {
      for (let i = from; i < to; i++) scores[index[i]!]! += value;
    },
    adder: (tree) => (count) => addTree(tree, scored.matrix.bytes, layout.stride, count, scored.scores, 0),
  };
}
