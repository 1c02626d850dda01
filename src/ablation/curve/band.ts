import type { Matrix } from './covariance.js';
import type { Random } from '../../core/random.js';
import { cholesky, inverseVariances } from './covariance.js';
import { isotonic } from '../../stats/isotonic.js';
import { normalQuantile } from '../../stats/distributions.js';
import { quantile } from '../../stats/quantile.js';

/** A monotone curve through the measured costs, with its band; one entry for each dose. */
export interface Band {
  readonly fitted: readonly number[];
  /** Pointwise 95% limits. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** One-sided 95% upper limit: what a tolerance promises by. */
  readonly upper95: readonly number[];
}

const draws = 400;

/**
 * Weighted isotonic fit of the costs (pinned at 0 for dose 0, never below 0), and the band of 400 normal draws around
 * the costs, each fitted alike. Draws are keyed by number, so the band is the same in every run.
 */
export function isotonicBand(costs: readonly number[], covariance: Matrix, random: Random): Band {
  const weights = inverseVariances(covariance);
  const factor = cholesky(covariance);
  const fits = Array.from({ length: draws }, (_, n) => fit(draw(costs, factor, random, n), weights));
  const at = (q: number): number[] =>
    costs.map((_, i) =>
      quantile(
        Float64Array.from(fits, (f) => f[i]!),
        q,
      ),
    );
  return { fitted: fit(costs, weights), low: at(0.025), high: at(0.975), upper95: at(0.95) };
}

/** Isotonic and bounded below by 0: clipping the free fit is the exact solution. */
function fit(costs: readonly number[], weights: readonly number[]): number[] {
  return Array.from(isotonic(costs, weights), (value) => Math.max(0, value));
}

function draw(costs: readonly number[], factor: Matrix, random: Random, n: number): number[] {
  const { size, values } = factor;
  const normals = costs.map((_, j) => normalQuantile(uniformInside(random.at(n * size + j))));
  return costs.map((cost, i) => {
    let moved = cost;
    for (let j = 0; j <= i; j++) moved += values[i * size + j]! * normals[j]!;
    return moved;
  });
}

/** Keeps a draw of 0 away from the infinite quantile. */
function uniformInside(u: number): number {
  return Math.max(u, 2 ** -54);
}
