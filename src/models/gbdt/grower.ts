import type { FixedPoint } from './fixed-point.js';
import type { Holder, Slots } from './histogram-slots.js';
import type { Work } from './kernel/kernel.js';
import type { Split, SplitRules, Sums } from './splitting.js';
import type { Tree } from './tree.js';
import { AssayError } from '../../core/errors.js';
import { createSlots } from './histogram-slots.js';
import { boundsOf, canSplit, describeSplit, totals } from './splitting.js';
import { createTree } from './tree.js';

export interface GrowRules extends SplitRules {
  readonly leaves: number;
  readonly learningRate: number;
}

/** A leaf of the growing tree: its node, its range of the leaf order, its histogram, and how it would split. */
interface Leaf extends Holder {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly sums: Sums;
  split: Split | null;
}

interface Growth {
  readonly work: Work;
  readonly scale: FixedPoint;
  readonly rules: GrowRules;
  readonly tree: Tree;
  readonly leaves: Leaf[];
  readonly slots: Slots;
}

/**
 * Grows one tree leaf by leaf, the highest gain first (Shi 2007, Best-first decision tree learning; ties: the older
 * node), and adds its leaf values to the scores. Only the smaller child's histogram is built, the other is a difference.
 */
export function growTree(work: Work, scale: FixedPoint, rules: GrowRules): Tree {
  const slots = createSlots(work.shape.histograms);
  const growth: Growth = { work, scale, rules, tree: createTree(rules.leaves), leaves: [], slots };
  const { leaves } = growth;
  leaves.push(rootLeaf(growth));
  let nodes = 1;
  while (leaves.length < rules.leaves) {
    const best = bestLeaf(leaves);
    if (best < 0) break;
    const parent = leaves[best]!;
    const [left, right] = splitLeaf(growth, parent, nodes);
    nodes += 2;
    leaves.splice(best, 1, left, right);
    if (leaves.length < rules.leaves) prepareChildren(growth, parent, left, right);
    slots.give(parent);
  }
  for (const leaf of leaves) setValue(growth, leaf);
  return growth.tree;
}

function rootLeaf(growth: Growth): Leaf {
  const { work, scale } = growth;
  const { rows, layout } = work.shape;
  // In row order again: the last tree's leaf order would make this largest scan jump about in memory.
  work.order();
  const leaf = { node: 0, from: 0, to: rows, slot: null, split: null };
  const slot = growth.slots.take(leaf, () => []);
  work.build(slot, 0, rows);
  const root: Leaf = { ...leaf, slot, sums: checked(totals(work.histogram(slot), layout, scale), rows, scale) };
  findSplit(growth, root);
  return root;
}

/** The sums of all rows; were one of them beyond the integers of a double, other sums could be wrong unseen. */
export function checked(sums: Sums, rows: number, scale: FixedPoint): Sums {
  const exact = Math.abs(sums.gradient) * scale.gradient < 2 ** 53 && sums.hessian * scale.hessian < scale.unit / 2;
  if (exact && sums.rows === rows) return sums;
  const message = `the sums of ${rows} gradients do not fit (${sums.gradient}, ${sums.hessian}, ${sums.rows} rows)`;
  throw new AssayError('internal', { message });
}

/** Position of the leaf with the highest gain, -1 where none can be split. */
function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  for (let i = 0; i < leaves.length; i++)
    if (leaves[i]!.split !== null && (best < 0 || before(leaves[i]!, leaves[best]!) < 0)) best = i;
  return best;
}

/** Negative where leaf `a` is to be split before leaf `b`. */
function before(a: Leaf, b: Leaf): number {
  return b.split!.gain - a.split!.gain || a.node - b.node;
}

/** Writes the leaf's split into the tree as nodes `next` and `next + 1` and divides its rows. */
function splitLeaf({ work, tree }: Growth, leaf: Leaf, next: number): [Leaf, Leaf] {
  const split = leaf.split!;
  const goLeft = tree.goLeft.subarray(leaf.node * 256, leaf.node * 256 + 256);
  goLeft.fill(1, 0, split.bin + 1);
  goLeft[work.shape.layout.bins[split.column]!] = split.missingLeft ? 1 : 0;
  tree.column[leaf.node] = split.column;
  tree.left[leaf.node] = next;
  tree.right[leaf.node] = next + 1;
  const middle = work.partition(leaf.from, leaf.to, split.column, goLeft);
  return [
    { node: next, from: leaf.from, to: middle, sums: split.left, slot: null, split: null },
    { node: next + 1, from: middle, to: leaf.to, sums: split.right, slot: null, split: null },
  ];
}

/** Builds the smaller child's histogram, makes the parent's the larger child's, and finds both splits. */
function prepareChildren(growth: Growth, parent: Leaf, left: Leaf, right: Leaf): void {
  const { work, slots, rules } = growth;
  const [small, large] = left.sums.rows <= right.sums.rows ? [left, right] : [right, left];
  if (!canSplit(large.sums.rows, rules)) return;
  const losers = (): readonly Leaf[] => waiting(growth);
  if (parent.slot === null) work.build(slots.take(large, losers), large.from, large.to);
  else {
    large.slot = parent.slot;
    parent.slot = null;
    work.build(slots.take(small, losers), small.from, small.to);
    work.subtract(large.slot, small.slot!);
  }
  findSplit(growth, large);
  if (!canSplit(small.sums.rows, rules)) return slots.give(small);
  if (small.slot === null) work.build(slots.take(small, losers), small.from, small.to);
  findSplit(growth, small);
}

/** Leaves that know their split and can do without their histogram, the one to be split last first. */
function waiting({ leaves }: Growth): Leaf[] {
  return leaves.filter(({ slot, split }) => slot !== null && split !== null).sort((a, b) => before(b, a));
}

/** The leaf's split; a leaf without one needs no histogram. */
function findSplit({ work, scale, rules, slots }: Growth, leaf: Leaf): void {
  const slot = leaf.slot!;
  const best = canSplit(leaf.sums.rows, rules) ? work.candidate(slot, boundsOf(scale, leaf.sums, rules)) : null;
  if (best === null) slots.give(leaf);
  else leaf.split = describeSplit(best, work.histogram(slot), work.shape.layout, scale, leaf.sums, rules);
}

/** The Newton step of a leaf, times the learning rate, into the tree and the scores of its rows. */
function setValue({ work, tree, rules }: Growth, leaf: Leaf): void {
  const denominator = leaf.sums.hessian + rules.l2;
  const value = denominator > 0 ? (-rules.learningRate * leaf.sums.gradient) / denominator : 0;
  tree.value[leaf.node] = value;
  work.addToLeaf(leaf.from, leaf.to, value);
}
