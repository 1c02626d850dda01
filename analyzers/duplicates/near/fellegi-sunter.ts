import { exponential } from '../../../src/models/gbdt/exponential.js';
import { logarithm } from '../../../src/models/gbdt/logarithm.js';

export interface Matched {
  /** Probability that each pair is a match. */
  readonly p: Float64Array;
  /** Share of matches among the pairs. */
  readonly lambda: number;
}

const levels = 4;
const rounds = 60;
const start: readonly number[] = [0.03, 0.07, 0.15, 0.75];
const firstLambda = 0.05;
/** Log odds are kept within this, as a probability cannot tell further apart. */
const widest = 30;

/**
 * Fellegi and Sunter 1969, with m probabilities and the share of matches by EM (Winkler 1988) and u probabilities of
 * random pairs: `agreements[pair * columns + column]`, `random` alike.
 */
export function matchByEm(agreements: Int8Array, random: Int8Array, columns: number): Matched {
  const pairs = agreements.length / columns;
  const u = shares(random, columns, null);
  let m = Float64Array.from({ length: columns * levels }, (_, i) => start[i % levels]!);
  let lambda = firstLambda;
  let p = new Float64Array(pairs);
  for (let round = 0; round < rounds; round++) {
    const weight = m.map((value, i) => logarithm(value / u[i]!));
    p = posterior(agreements, columns, weight, logarithm(lambda / (1 - lambda)));
    lambda = Math.min(0.9, Math.max(1e-4, p.reduce((sum, v) => sum + v, 0) / Math.max(1, pairs)));
    m = shares(agreements, columns, p);
  }
  return { p, lambda };
}

function posterior(
  agreements: Int8Array,
  columns: number,
  weight: Float64Array,
  prior: number,
): Float64Array<ArrayBuffer> {
  const p = new Float64Array(agreements.length / columns);
  for (let pair = 0, at = 0; pair < p.length; pair++) {
    let odds = prior;
    for (let c = 0; c < columns; c++, at++) {
      const level = agreements[at]!;
      if (level >= 0) odds += weight[c * levels + level]!;
    }
    p[pair] = 1 / (1 + exponential(-Math.min(widest, Math.max(-widest, odds))));
  }
  return p;
}

/** Share of each level in each column, half a pair added to each so that none is 0; weighted by `p` where given. */
function shares(agreements: Int8Array, columns: number, p: Float64Array | null): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(columns * levels).fill(0.5);
  for (let pair = 0, at = 0; at < agreements.length; pair++) {
    const weight = p === null ? 1 : p[pair]!;
    for (let c = 0; c < columns; c++, at++) {
      const level = agreements[at]!;
      if (level >= 0) sums[c * levels + level]! += weight;
    }
  }
  return sums.map((value, i) => {
    const first = i - (i % levels);
    return value / (sums[first]! + sums[first + 1]! + sums[first + 2]! + sums[first + 3]!);
  });
}
