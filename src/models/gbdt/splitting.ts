import type { FixedPoint } from './fixed-point.js';
import type { Layout } from './layout.js';

/** What a leaf must satisfy to be split. */
export interface SplitRules {
  readonly minLeafRows: number;
  readonly l2: number;
  readonly minGain: number;
}

/** Gradient and hessian (as real numbers, exact multiples of their unit) and rows of a leaf. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** Rows with bin <= `bin` of `column` go left; missing values go where `missingLeft` says. */
export interface Split {
  readonly gain: number;
  readonly column: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly left: Sums;
  readonly right: Sums;
}

/** Children with less hessian than this have no usable Newton step. */
const minHessian = 1e-3;

/** Sums of all rows in a histogram, read from its first column. */
export function totals(histogram: Float64Array, layout: Layout, scale: FixedPoint): Sums {
  let gradient = 0;
  let second = 0;
  const end = 2 * (layout.bins[0]! + 1);
  for (let at = 0; at < end; at += 2) {
    gradient += histogram[at]!;
    second += histogram[at + 1]!;
  }
  return decode(gradient, second, scale);
}

function decode(gradient: number, second: number, scale: FixedPoint): Sums {
  const rows = Math.floor(second / scale.unit);
  return { gradient: gradient / scale.gradient, hessian: (second - rows * scale.unit) / scale.hessian, rows };
}

/**
 * The split with the highest gain `GL^2 / (HL + l2) + GR^2 / (HR + l2) - G^2 / (H + l2)`, or null where none is above
 * `minGain`. Ties: the first column, then missing values right before left, then the lowest bin.
 */
export function findSplit(
  histogram: Float64Array,
  layout: Layout,
  scale: FixedPoint,
  leaf: Sums,
  rules: SplitRules,
): Split | null {
  if (leaf.rows < 2 * rules.minLeafRows || leaf.rows < 2) return null;
  const parent = (leaf.gradient * leaf.gradient) / (leaf.hessian + rules.l2);
  const best = { column: -1, bin: 0, missingLeft: false, score: parent + rules.minGain };
  for (let column = 0; column < layout.columns.length; column++) {
    const offset = layout.offsets[column]!;
    const bins = layout.bins[column]!;
    const someMissing = histogram[offset + 2 * bins + 1]! > 0;
    scan(best, histogram, offset, bins, column, someMissing ? bins : bins - 1, false, scale, leaf, rules);
    if (someMissing) scan(best, histogram, offset, bins, column, bins - 1, true, scale, leaf, rules);
  }
  if (best.column < 0) return null;
  return describe(best, parent, histogram, layout, scale, leaf);
}

interface Best {
  column: number;
  bin: number;
  missingLeft: boolean;
  score: number;
}

/** Kernel: tries `bin <= 0 .. end - 1` of one column, with the missing values on one side. */
function scan(
  best: Best,
  histogram: Float64Array,
  offset: number,
  bins: number,
  column: number,
  end: number,
  missingLeft: boolean,
  scale: FixedPoint,
  leaf: Sums,
  rules: SplitRules,
): void {
  const minRows = rules.minLeafRows > 1 ? rules.minLeafRows : 1;
  const { l2 } = rules;
  const { unit } = scale;
  // Powers of two, so that multiplying by the inverse is exact.
  const perUnit = 1 / unit;
  const perGradient = 1 / scale.gradient;
  const perHessian = 1 / scale.hessian;
  const { gradient: gradients, hessian: hessians, rows } = leaf;
  let bestScore = best.score;
  let bestBin = -1;
  let gradient = missingLeft ? histogram[offset + 2 * bins]! : 0;
  let second = missingLeft ? histogram[offset + 2 * bins + 1]! : 0;
  for (let bin = 0; bin < end; bin++) {
    gradient += histogram[offset + 2 * bin]!;
    second += histogram[offset + 2 * bin + 1]!;
    const leftRows = Math.floor(second * perUnit);
    if (leftRows < minRows) continue;
    if (rows - leftRows < minRows) break;
    const leftHessian = (second - leftRows * unit) * perHessian;
    const rightHessian = hessians - leftHessian;
    if (leftHessian < minHessian || rightHessian < minHessian) continue;
    const left = gradient * perGradient;
    const right = gradients - left;
    const score = (left * left) / (leftHessian + l2) + (right * right) / (rightHessian + l2);
    if (score > bestScore) {
      bestScore = score;
      bestBin = bin;
    }
  }
  if (bestBin < 0) return;
  best.score = bestScore;
  best.column = column;
  best.bin = bestBin;
  best.missingLeft = missingLeft;
}

/** The winner with the sums of its children; a column without missing values here sends later ones to the larger child. */
function describe(
  best: Best,
  parent: number,
  histogram: Float64Array,
  layout: Layout,
  scale: FixedPoint,
  leaf: Sums,
): Split {
  const offset = layout.offsets[best.column]!;
  const missing = offset + 2 * layout.bins[best.column]!;
  let gradient = best.missingLeft ? histogram[missing]! : 0;
  let second = best.missingLeft ? histogram[missing + 1]! : 0;
  for (let bin = 0; bin <= best.bin; bin++) {
    gradient += histogram[offset + 2 * bin]!;
    second += histogram[offset + 2 * bin + 1]!;
  }
  const left = decode(gradient, second, scale);
  const right = {
    gradient: leaf.gradient - left.gradient,
    hessian: leaf.hessian - left.hessian,
    rows: leaf.rows - left.rows,
  };
  const missingLeft = histogram[missing + 1]! > 0 ? best.missingLeft : left.rows >= right.rows;
  return { gain: best.score - parent, column: best.column, bin: best.bin, missingLeft, left, right };
}
