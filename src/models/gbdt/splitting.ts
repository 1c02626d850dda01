import type { FixedPoint } from './fixed-point.js';
import type { Layout } from './layout.js';
import { columnEntries } from './layout.js';
import { rounder } from './loss.js';

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

/** A candidate: column, bin, side of missing values and its `GL^2 / (HL + l2) + GR^2 / (HR + l2)`. */
export interface Candidate {
  readonly column: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly score: number;
}

function parentScore(leaf: Sums, rules: SplitRules): number {
  return (leaf.gradient * leaf.gradient) / (leaf.hessian + rules.l2);
}

/** Whether any split can leave both children enough rows. */
export function canSplit(rows: number, rules: SplitRules): boolean {
  return rows >= 2 * rules.minLeafRows && rows >= 2;
}

/** What a scan compares with, in the integers of a histogram instead of real numbers: all factors are powers of two. */
export interface Bounds {
  /** Sums of the leaf. */
  readonly gradient: number;
  readonly hessian: number;
  /** Least and greatest rows of the left side, times `unit`. */
  readonly fewest: number;
  readonly most: number;
  /** Least and greatest hessian of the left side. */
  readonly least: number;
  readonly greatest: number;
  readonly l2: number;
  /** Score to beat, times `factor`. */
  readonly score: number;
  readonly factor: number;
  /** Added and taken away, it leaves the rows of a second sum: hessians add up to less than half a `unit`. */
  readonly rounder: number;
}

/** The bounds of a leaf. */
export function boundsOf(scale: FixedPoint, leaf: Sums, rules: SplitRules): Bounds {
  const fewest = Math.max(1, rules.minLeafRows);
  const hessian = leaf.hessian * scale.hessian;
  const least = minHessian * scale.hessian;
  const factor = (scale.gradient * scale.gradient) / scale.hessian;
  return {
    gradient: leaf.gradient * scale.gradient,
    hessian,
    fewest: fewest * scale.unit,
    most: (leaf.rows - fewest) * scale.unit,
    least,
    greatest: hessian - least,
    l2: rules.l2 * scale.hessian,
    score: (parentScore(leaf, rules) + rules.minGain) * factor,
    factor,
    rounder: rounder * scale.unit,
  };
}

/**
 * Kernel: the candidate with the highest score, or null where none is above the one to beat. Ties: the first column,
 * then missing values right before left, then the lowest bin.
 */
export function findCandidate(histogram: Float64Array, layout: Layout, bounds: Bounds): Candidate | null {
  const best = { column: -1, bin: 0, missingLeft: false, score: bounds.score };
  for (let column = 0; column < layout.columns.length; column++) {
    const offset = column * columnEntries;
    const bins = layout.bins[column]!;
    const someMissing = histogram[offset + 2 * bins + 1]! > 0;
    scan(best, histogram, offset, bins, column, false, bounds);
    if (someMissing) scan(best, histogram, offset, bins, column, true, bounds);
  }
  return best.column < 0 ? null : { ...best, score: best.score / bounds.factor };
}

interface Best {
  column: number;
  bin: number;
  missingLeft: boolean;
  score: number;
}

/** Kernel: tries `bin <= 0 .. bins - 1` of one column, with the missing values on one side. */
function scan(
  best: Best,
  histogram: Float64Array,
  offset: number,
  bins: number,
  column: number,
  missingLeft: boolean,
  bounds: Bounds,
): void {
  const { gradient: gradients, hessian: hessians, fewest, most, least, greatest, l2, rounder } = bounds;
  let bestScore = best.score;
  let bestBin = -1;
  let left = missingLeft ? histogram[offset + 2 * bins]! : 0;
  let second = missingLeft ? histogram[offset + 2 * bins + 1]! : 0;
  for (let bin = 0; bin < bins; bin++) {
    left += histogram[offset + 2 * bin]!;
    second += histogram[offset + 2 * bin + 1]!;
    const rows = second + rounder - rounder;
    if (rows < fewest) continue;
    if (rows > most) break;
    const hessian = second - rows;
    if (hessian < least || hessian > greatest) continue;
    const right = gradients - left;
    const leftPart = hessian + l2;
    const rightPart = hessians - hessian + l2;
    // Both fractions over one denominator: a division costs more than the products.
    const score = (left * left * rightPart + right * right * leftPart) / (leftPart * rightPart);
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

/**
 * The candidate as a split with the sums of its children; a column without missing values here sends later ones to the
 * larger child. Its gain is the score less `G^2 / (H + l2)`.
 */
export function describeSplit(
  best: Candidate,
  histogram: Float64Array,
  layout: Layout,
  scale: FixedPoint,
  leaf: Sums,
  rules: SplitRules,
): Split {
  const offset = best.column * columnEntries;
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
  return { gain: best.score - parentScore(leaf, rules), column: best.column, bin: best.bin, missingLeft, left, right };
}
