import type { Level, Portrait } from '../schema.js';
import type { Known } from './known.js';
import { kindOf } from './known.js';

/** With fewer rows a portrait is a blur, and nothing is said by it. */
export const leastRows = 100;

/** How far two portraits of one law may be apart: shares of many values stray more, all together, than a quantile does. */
export function noiseOf(a: Known, b: Known): number {
  const variance = 1 / Math.max(1, a.held) + 1 / Math.max(1, b.held);
  const strays = kindOf(a.type) === 'text' ? 1.25 * expectedVariation(a.seen.levels ?? [], variance) : 0;
  return 0.04 + Math.max(2 * Math.sqrt(variance), strays);
}

/** Mean total variation of two samples of one law: half the sum of the mean absolute differences of normal shares. */
function expectedVariation(levels: readonly Level[], variance: number): number {
  const deviations = levels.map(([, share]) => Math.sqrt(share * (1 - share) * variance));
  return (deviations.reduce((sum, sd) => sum + sd, 0) * Math.sqrt(2 / Math.PI)) / 2;
}

/**
 * How far two columns are apart, from 0 (one law) to 1 (nothing in common): the greatest difference of distribution
 * functions for numbers, total variation for text (of values, or of shapes where values are too many to repeat), and the
 * difference in empty cells where that is more. Moments of two versions are of two periods, so all moments are alike.
 * 1 for columns of different kinds.
 */
export function distance(a: Known, b: Known, factor = 1): number {
  const kind = kindOf(a.type);
  if (kind !== kindOf(b.type)) return 1;
  const empty = Math.abs(a.seen.nulls - b.seen.nulls);
  if (kind === 'moment' || (a.moving && b.moving && factor === 1)) return empty;
  return Math.max(empty, kind === 'number' || kind === 'list' ? ofNumbers(a.seen, b.seen, factor) : ofTexts(a, b));
}

function ofNumbers(a: Portrait, b: Portrait, factor: number): number {
  if (a.quantiles === undefined || b.quantiles === undefined) return a.quantiles === b.quantiles ? 0 : 1;
  if (factor === 1 && a.levels !== undefined && b.levels !== undefined) return variation(a.levels, b.levels);
  const scaled = factor === 1 ? a.quantiles : a.quantiles.map((q) => q * factor);
  return Math.max(...[...scaled, ...b.quantiles].map((x) => apartAt(x, scaled, b.quantiles!)));
}

/** Difference of two distribution functions at x, where each is known to lie between two limits. */
function apartAt(x: number, a: readonly number[], b: readonly number[]): number {
  const [lowA, highA] = cdf(x, a);
  const [lowB, highB] = cdf(x, b);
  return Math.max(0, lowA - highB, lowB - highA);
}

/** Share of values below x and up to x, by interpolation between quantiles; a run of equal ones is a step. */
function cdf(x: number, quantiles: readonly number[]): readonly [below: number, upTo: number] {
  const last = quantiles.length - 1;
  // A rounded quantile is met by its neighbours.
  const same = (q: number): boolean => Math.abs(q - x) <= 1e-8 * Math.max(Math.abs(q), Math.abs(x));
  const first = quantiles.findIndex((q) => q >= x || same(q));
  if (first === -1) return [1, 1];
  const lastSame = quantiles.findLastIndex(same);
  if (lastSame >= first) return [Math.max(0, first - 1) / last, Math.min(last, lastSame + 1) / last];
  if (first === 0) return [0, 0];
  const [low, high] = [quantiles[first - 1]!, quantiles[first]!];
  const at = (first - 1 + (x - low) / (high - low)) / last;
  return [at, at];
}

function ofTexts({ seen: a }: Known, { seen: b }: Known): number {
  // Values that are not listed are many, and others in every sample.
  if (a.levels === undefined || b.levels === undefined) return variation(a.shapes ?? [], b.shapes ?? []);
  return variation(a.levels, b.levels);
}

function rest(levels: readonly Level[]): number {
  return 1 - levels.reduce((sum, [, share]) => sum + share, 0);
}

/** Total variation of two lists of shares; what is not listed counts as one more level. */
export function variation(a: readonly Level[], b: readonly Level[]): number {
  const left = new Map(a);
  const right = new Map(b);
  let sum = Math.abs(rest(a) - rest(b));
  for (const key of new Set([...left.keys(), ...right.keys()]))
    sum += Math.abs((left.get(key) ?? 0) - (right.get(key) ?? 0));
  return sum / 2;
}
