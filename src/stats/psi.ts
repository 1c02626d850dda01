import { chiSquareTail, normalQuantile } from './distributions.js';

/** Population stability index of two histograms over the same bins, with what sampling alone explains. */
export interface Psi {
  /** `sum (p - q) log(p / q)` with half a row added to each bin. */
  readonly psi: number;
  /** Its expectation where nothing moved: `(B - 1)(1/n + 1/m)`. */
  readonly bias: number;
  /** Effect size: `psi - bias`. */
  readonly excess: number;
  /** p-value of `psi / (1/n + 1/m)` as chi-square with B - 1 degrees of freedom. */
  readonly p: number;
  /** Delta-method variance of `excess`, with the chi-square variance at no drift as its floor. */
  readonly variance: number;
  /** One-sided 95% lower limit of `excess`. */
  readonly lower: number;
  /** Bins with a row on either side. */
  readonly bins: number;
}

/** How many rows count as one, at least 1, on each side: users repeat, so rows are not independent. */
export interface DesignEffects {
  readonly reference: number;
  readonly current: number;
}

/**
 * Compares counts by bin (Yurdakul and Naranjo 2020, Statistical properties of the population stability index). Bins
 * that are empty on both sides carry nothing and are left out of B. With one bin or no rows on a side there is nothing
 * to compare: psi 0, p 1.
 */
export function psi(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  design: DesignEffects = { reference: 1, current: 1 },
): Psi {
  const used = Array.from(reference, (_, b) => b).filter((b) => reference[b]! + current[b]! > 0);
  const rows = [sumOver(reference, used), sumOver(current, used)] as const;
  const bins = used.length;
  if (bins < 2 || rows[0] === 0 || rows[1] === 0) {
    return { psi: 0, bias: 0, excess: 0, p: 1, variance: 0, lower: 0, bins };
  }
  const q = used.map((b) => (reference[b]! + 0.5) / (rows[0] + bins / 2));
  const p = used.map((b) => (current[b]! + 0.5) / (rows[1] + bins / 2));
  const noise = { reference: design.reference / rows[0], current: design.current / rows[1] };
  const unit = noise.reference + noise.current;
  const value = p.reduce((sum, share, b) => sum + (share - q[b]!) * Math.log(share / q[b]!), 0);
  const bias = (bins - 1) * unit;
  const variance = slopes(p, q) * noise.current + slopes(q, p) * noise.reference + 2 * (bins - 1) * unit * unit;
  const excess = value - bias;
  const lower = excess - normalQuantile(0.95) * Math.sqrt(variance);
  return { psi: value, bias, excess, p: chiSquareTail(value / unit, bins - 1), variance, lower, bins };
}

/** Multinomial variance, for one row, of the derivative of PSI by the shares `of`. */
function slopes(of: readonly number[], against: readonly number[]): number {
  let mean = 0;
  let square = 0;
  for (const [b, share] of of.entries()) {
    const slope = Math.log(share / against[b]!) + 1 - against[b]! / share;
    mean += share * slope;
    square += share * slope * slope;
  }
  return Math.max(0, square - mean * mean);
}

function sumOver(counts: ArrayLike<number>, bins: readonly number[]): number {
  return bins.reduce((sum, b) => sum + counts[b]!, 0);
}
