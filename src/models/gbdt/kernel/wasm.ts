import type { Bounds, Candidate } from '../splitting.js';
import type { Tree } from '../tree.js';
import type { Kernel, Shape, Work } from './kernel.js';
import type { Exports, Memory, Module } from './module.js';
import type { Regions } from './regions.js';
import { fractions } from '../exponential.js';
import { addTree } from '../tree.js';
import { leafMasks, mostLeaves } from './leaf-masks.js';
import { instantiate } from './module.js';
import { regionsOf } from './regions.js';
import { typescriptKernel } from './typescript.js';

const page = 65536;
/** What 32-bit addresses reach. */
const mostBytes = 65536 * page;
/** Memory below this is kept whatever the next model needs. */
const keptBytes = 64 * 2 ** 20;

/**
 * The loops of `assembly/` in one linear memory of at most `most` bytes, which all models of a thread use in turn. Linear memory only grows, so
 * it is given back as a whole when a model needs less than a quarter of it. A model that does not fit is trained by
 * the TypeScript kernel, with the same result.
 */
export function createWasmKernel(module: Module, most: number = mostBytes): Kernel {
  let exports = instantiate(module);
  return {
    name: 'wasm',
    allocate: (shape) => {
      const regions = regionsOf(shape, exports.heap.value);
      const kept = exports.memory.buffer.byteLength;
      if (kept > keptBytes && kept / 4 > regions.end) exports = instantiate(module);
      const fits = regions.end <= most && grow(exports.memory, regions.end);
      return fits ? workIn(exports, regions, shape) : typescriptKernel.allocate(shape);
    },
  };
}

/** False where there is not so much memory. */
function grow(memory: Memory, bytes: number): boolean {
  const more = Math.ceil((bytes - memory.buffer.byteLength) / page);
  try {
    if (more > 0) memory.grow(more);
    return true;
  } catch {
    return false;
  }
}

function workIn(exports: Exports, at: Regions, shape: Shape): Work {
  const { buffer } = exports.memory;
  const { layout, rows } = shape;
  const { stride } = layout;
  new Int32Array(buffer, at.bins, stride).set(layout.bins);
  new Float64Array(buffer, at.fractions, 64).set(fractions);
  const slot = (number: number): number => at.histograms + 8 * layout.size * number;
  const goLeft = new Uint8Array(buffer, at.goLeft, 256);
  return {
    shape,
    ...filledByCaller(buffer, at, shape),
    filled: () => exports.transpose(at.columns, at.matrix, stride, rows),
    gradients: () => exports.logLossGradients(at.gradients, at.scores, at.label, at.weight, at.fractions, rows),
    round: (scale) => exports.roundGradients(at.gradients, rows, scale.gradient, scale.hessian, scale.unit),
    order: () => exports.orderRows(at.index, rows),
    histogram: (number) => new Float64Array(buffer, slot(number), layout.size),
    build: (number, from, to) =>
      exports.buildHistogram(slot(number), at.bins, at.matrix, stride, at.gradients, at.index, from, to),
    subtract: (number, other) => exports.subtractHistogram(slot(number), slot(other), at.bins, stride),
    candidate: (number, bounds) => scan(exports, at, shape, slot(number), bounds),
    partition: (from, to, column, set) => {
      goLeft.set(set);
      return exports.partition(at.index, at.spare, from, to, at.columns + column * rows, at.goLeft);
    },
    addToLeaf: (from, to, value) => exports.addToScores(at.scores, at.index, from, to, value),
    adder: (tree) => adder(exports, at, shape, tree),
  };
}

/** The arrays of {@link Work} that its user fills. */
function filledByCaller(
  buffer: ArrayBuffer,
  at: Regions,
  { layout, rows, scored }: Shape,
): Pick<Work, 'matrix' | 'label' | 'weight' | 'scores' | 'scored'> {
  const matrix = (start: number, count: number): Work['matrix'] => ({
    rows: count,
    bytes: new Uint8Array(buffer, start, count * layout.stride).fill(0),
    words: new Int32Array(buffer, start, count * layout.words),
  });
  return {
    matrix: matrix(at.matrix, rows),
    label: new Uint8Array(buffer, at.label, rows),
    weight: at.weight === 0 ? null : new Float64Array(buffer, at.weight, rows),
    scores: new Float64Array(buffer, at.scores, rows),
    scored: { matrix: matrix(at.scoredMatrix, scored), scores: new Float64Array(buffer, at.scoredScores, scored) },
  };
}

function scan(exports: Exports, at: Regions, { layout }: Shape, histogram: number, bounds: Bounds): Candidate | null {
  const { gradient, hessian, fewest, most, least, greatest, l2, score: beat, factor, rounder } = bounds;
  exports.findSplit(
    histogram,
    at.bins,
    layout.columns.length,
    gradient,
    hessian,
    fewest,
    most,
    least,
    greatest,
    l2,
    beat,
    rounder,
    at.found,
  );
  const { buffer } = exports.memory;
  const [column, bin, side] = new Int32Array(buffer, at.found, 3);
  if (column! < 0) return null;
  const [score] = new Float64Array(buffer, at.found + 16, 1);
  return { column: column!, bin: bin!, missingLeft: side === 1, score: score! / factor };
}

function adder(exports: Exports, at: Regions, { layout, leaves, scored }: Shape, tree: Tree): (rows: number) => void {
  const { buffer } = exports.memory;
  if (leaves > mostLeaves) {
    const bytes = new Uint8Array(buffer, at.scoredMatrix, scored * layout.stride);
    const scores = new Float64Array(buffer, at.scoredScores, scored);
    return (rows) => addTree(tree, bytes, layout.stride, rows, scores, 0);
  }
  const { masks, columns, values } = leafMasks(tree);
  return (rows) => {
    new Int32Array(buffer, at.masks, masks.length).set(masks);
    new Int32Array(buffer, at.maskColumns, columns.length).set(columns);
    new Float64Array(buffer, at.maskValues, mostLeaves).set(values);
    exports.addTree(
      at.scoredScores,
      at.scoredMatrix,
      layout.stride,
      rows,
      at.masks,
      at.maskColumns,
      columns.length,
      at.maskValues,
    );
  };
}
