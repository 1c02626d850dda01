import type { FixedPoint } from './fixed-point.js';
import type { Layout } from './layout.js';
import type { Matrix } from './matrix.js';
import type { Split, SplitRules, Sums } from './splitting.js';
import type { Tree } from './tree.js';
import { buildHistogram, subtractHistogram } from './histogram.js';
import { partition } from './partition.js';
import { findSplit, totals } from './splitting.js';
import { createTree } from './tree.js';

export interface GrowRules extends SplitRules {
  readonly leaves: number;
  readonly learningRate: number;
}

/** Memory that all trees of a model share; nothing is allocated for a leaf or a row. */
export interface Workspace {
  readonly layout: Layout;
  readonly matrix: Matrix;
  /** Rounded gradients and hessians, two entries a row. */
  readonly gradients: Float64Array;
  /** Rows in leaf order of the current tree. */
  readonly index: Int32Array;
  readonly spare: Int32Array;
  /** Histograms not in use. */
  readonly histograms: Float64Array[];
}

export function createWorkspace(layout: Layout, matrix: Matrix): Workspace {
  return {
    layout,
    matrix,
    gradients: new Float64Array(2 * matrix.rows),
    index: new Int32Array(matrix.rows),
    spare: new Int32Array(matrix.rows),
    histograms: [],
  };
}

/** A leaf of the growing tree: its node, its range of `index`, and how it would split. */
interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly sums: Sums;
  /** Null once the leaf can no longer be split. */
  histogram: Float64Array | null;
  split: Split | null;
}

/**
 * Grows one tree leaf by leaf, the highest gain first (Shi 2007, Best-first decision tree learning; ties: the older
 * node), and adds its leaf values to `scores`. Only the smaller child's histogram is built, the other is a difference.
 */
export function growTree(work: Workspace, scale: FixedPoint, rules: GrowRules, scores: Float64Array): Tree {
  const tree = createTree(rules.leaves);
  const leaves: Leaf[] = [rootLeaf(work, scale, rules)];
  let nodes = 1;
  while (leaves.length < rules.leaves) {
    const best = bestLeaf(leaves);
    if (best < 0) break;
    const [left, right] = splitLeaf(work, tree, leaves[best]!, nodes);
    nodes += 2;
    if (leaves.length + 1 < rules.leaves) prepareChildren(work, scale, rules, leaves[best]!, left, right);
    release(work, leaves[best]!);
    leaves.splice(best, 1, left, right);
  }
  for (const leaf of leaves) {
    release(work, leaf);
    setValue(work, tree, leaf, rules, scores);
  }
  return tree;
}

function rootLeaf(work: Workspace, scale: FixedPoint, rules: GrowRules): Leaf {
  const { layout, matrix, gradients, index } = work;
  // In row order again: the last tree's leaf order would make this largest scan jump about in memory.
  for (let i = 0; i < index.length; i++) index[i] = i;
  const histogram = borrow(work);
  buildHistogram(histogram, layout, matrix, gradients, index, 0, matrix.rows);
  const sums = totals(histogram, layout, scale);
  return {
    node: 0,
    from: 0,
    to: matrix.rows,
    sums,
    histogram,
    split: findSplit(histogram, layout, scale, sums, rules),
  };
}

/** Position of the leaf with the highest gain, -1 where none can be split. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  for (let i = 0; i < leaves.length; i++) {
    const split = leaves[i]!.split;
    if (split === null) continue;
    const top = best < 0 ? null : leaves[best]!;
    const gain = top?.split?.gain ?? -1;
    if (top === null || split.gain > gain || (split.gain === gain && leaves[i]!.node < top.node)) best = i;
  }
  return best;
}

/** Writes the leaf's split into the tree as nodes `next` and `next + 1` and divides its rows. */
function splitLeaf(work: Workspace, tree: Tree, leaf: Leaf, next: number): [Leaf, Leaf] {
  const { layout, matrix, index, spare } = work;
  const split = leaf.split!;
  const goLeft = tree.goLeft.subarray(leaf.node * 256, leaf.node * 256 + 256);
  goLeft.fill(1, 0, split.bin + 1);
  goLeft[layout.bins[split.column]!] = split.missingLeft ? 1 : 0;
  tree.column[leaf.node] = split.column;
  tree.left[leaf.node] = next;
  tree.right[leaf.node] = next + 1;
  const stride = 4 * layout.words;
  const middle = partition(index, spare, leaf.from, leaf.to, matrix.bytes, stride, split.column, goLeft);
  return [
    { node: next, from: leaf.from, to: middle, sums: split.left, histogram: null, split: null },
    { node: next + 1, from: middle, to: leaf.to, sums: split.right, histogram: null, split: null },
  ];
}

/** Builds the smaller child's histogram, makes the parent's the larger child's, and finds both splits. */
function prepareChildren(
  work: Workspace,
  scale: FixedPoint,
  rules: GrowRules,
  parent: Leaf,
  left: Leaf,
  right: Leaf,
): void {
  const [small, large] = left.sums.rows <= right.sums.rows ? [left, right] : [right, left];
  if (large.sums.rows < 2 * rules.minLeafRows) return;
  small.histogram = borrow(work);
  buildHistogram(small.histogram, work.layout, work.matrix, work.gradients, work.index, small.from, small.to);
  large.histogram = parent.histogram!;
  parent.histogram = null;
  subtractHistogram(large.histogram, small.histogram);
  for (const leaf of [small, large]) {
    leaf.split = findSplit(leaf.histogram!, work.layout, scale, leaf.sums, rules);
    if (leaf.split === null) release(work, leaf);
  }
}

/** The Newton step of a leaf, times the learning rate, into the tree and the scores of its rows. */
function setValue(work: Workspace, tree: Tree, leaf: Leaf, rules: GrowRules, scores: Float64Array): void {
  const denominator = leaf.sums.hessian + rules.l2;
  const value = denominator > 0 ? (-rules.learningRate * leaf.sums.gradient) / denominator : 0;
  tree.value[leaf.node] = value;
  for (let i = leaf.from; i < leaf.to; i++) scores[work.index[i]!]! += value;
}

function borrow(work: Workspace): Float64Array {
  return work.histograms.pop() ?? new Float64Array(work.layout.size);
}

function release(work: Workspace, leaf: Leaf): void {
  if (leaf.histogram !== null) work.histograms.push(leaf.histogram);
  leaf.histogram = null;
}
