import type { FixedPoint } from '../fixed-point.js';
import type { Layout } from '../layout.js';
import type { Matrix } from '../matrix.js';
import type { Bounds, Candidate } from '../splitting.js';
import type { Tree } from '../tree.js';

/**
 * The hot loops of training. There are two kernels, in WebAssembly and in TypeScript; both do the same arithmetic in
 * the same order where order matters, so that a model is the same to the last bit.
 */
export interface Kernel {
  readonly name: KernelName;
  /** Memory for one model. It may be that of the kernel's last model, which is given up. */
  allocate(shape: Shape): Work;
}

export type KernelName = 'wasm' | 'typescript';

/** What a model needs room for. */
export interface Shape {
  readonly layout: Layout;
  /** Training rows. */
  readonly rows: number;
  readonly weighted: boolean;
  /** Histograms kept at a time. */
  readonly histograms: number;
  readonly leaves: number;
  /** Rows that are scored at a time. */
  readonly scored: number;
}

/** The memory of one model and what is done in it. Rows are numbered as in {@link matrix}. */
export interface Work {
  readonly shape: Shape;
  /** Bins, label, weight (null where all are 1) and log-odds of the training rows: for the caller to fill. */
  readonly matrix: Matrix;
  readonly label: Uint8Array;
  readonly weight: Float64Array | null;
  readonly scores: Float64Array;
  /** Rows to score and their log-odds: for the caller to fill. */
  readonly scored: { readonly matrix: Matrix; readonly scores: Float64Array };

  /** To be called once {@link matrix} is filled, before the first tree. */
  filled(): void;
  /** Gradients and hessians at {@link scores}; returns the sum of the hessians. */
  gradients(): number;
  /** Turns them into integers. */
  round(scale: FixedPoint): void;
  /** All rows in one leaf, in order. */
  order(): void;
  /** The entries of histogram `slot`, as `histogram.ts` describes them; only those of bins in use mean anything. */
  histogram(slot: number): Float64Array;
  /** Makes histogram `slot` that of the rows at places `from` to `to - 1` of the leaf order. */
  build(slot: number, from: number, to: number): void;
  /** Takes histogram `other` away from histogram `slot`. */
  subtract(slot: number, other: number): void;
  /** The best split by a leaf's histogram, or null. */
  candidate(slot: number, bounds: Bounds): Candidate | null;
  /** Puts rows whose bin is in `goLeft` (256 entries, 1 or 0) first; returns the place of the first other one. */
  partition(from: number, to: number, column: number, goLeft: Uint8Array): number;
  /** Adds `value` to the scores of the rows at places `from` to `to - 1`. */
  addToLeaf(from: number, to: number, value: number): void;
  /** Makes a function that adds the tree's value to the first `rows` of the scored rows. */
  adder(tree: Tree): (rows: number) => void;
}
