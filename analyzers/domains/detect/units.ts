import type { Known } from '../../../src/derived/schema/diff/known.js';
import { distance, leastRows, noiseOf } from '../../../src/derived/schema/diff/distance.js';
import { unitFactor } from '../../../src/derived/schema/diff/unit-factor.js';
import { normalQuantile } from '../../../src/stats/distributions.js';
import { nearestFactor, versionRatios } from '../../../src/stats/known-factors.js';
import { oddOnes } from './odd-ones.js';

/** Numbers of a column that are in another unit in one domain. */
export interface OtherUnit {
  /** Place of the domain, and of the one it is compared with. */
  readonly domain: number;
  readonly reference: number;
  readonly factor: number;
  /** Ratio of the medians with 95% limits. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** `seen`: one column as each domain has it; `rows`: training rows of the domains; `effect`: rows that count as one. */
export function otherUnits(
  seen: readonly Known[],
  rows: readonly number[],
  effect: (domain: number) => number,
): readonly OtherUnit[] {
  const read = (a: number, b: number): number | null => factorBetween(seen[a]!, seen[b]!);
  return oddOnes(rows, read).map(({ domain, reference, reading: factor }) => {
    const [own, other] = [medianOf(seen[domain]!, effect(domain)), medianOf(seen[reference]!, effect(reference))];
    return {
      domain,
      reference,
      factor,
      ratio: own.median / other.median,
      low: own.low / other.high,
      high: own.high / other.low,
    };
  });
}

/** Domains may be half as high again by nature (prices of two countries), which two versions of a table are not. */
const byNature = Math.log(1.5);
/** Two known factors that fit nearly as well, but for 1000 and 1024, leave it open which it is. */
const clearly = 0.2;
/** 1000 and 1024 are nearer than this: it is the more usual one. */
const alike = 0.025;

/**
 * The factor of another unit as between two versions of a table, or one with a difference in level beside it: the ratio of the
 * medians is near one known factor, and with that ratio taken out the shapes agree.
 */
function factorBetween(reference: Known, domain: Known): number | null {
  const strict = unitFactor(reference, domain);
  if (strict !== null) return strict.factor;
  const [a, b] = [reference.seen.quantiles, domain.seen.quantiles];
  if (a === undefined || b === undefined || Math.min(reference.held, domain.held) < leastRows) return null;
  const middle = (a.length - 1) / 2;
  const ratio = b[middle]! / a[middle]!;
  if (!(ratio > 0) || !Number.isFinite(ratio)) return null;
  const factor = nearestFactor(Math.log(ratio), byNature, alike, versionRatios);
  if (factor === null || isOpen(Math.log(ratio), factor)) return null;
  const noise = noiseOf(reference, domain);
  const straight = distance(reference, domain);
  const left = distance(reference, domain, ratio);
  return straight > 2 * noise && left <= 2 * noise && left <= straight / 4 ? factor : null;
}

function isOpen(shift: number, factor: number): boolean {
  const others = versionRatios
    .flatMap((ratio) => [Math.log(ratio), -Math.log(ratio)])
    .filter((other) => Math.abs(other - Math.log(factor)) > 2 * alike);
  const away = Math.abs(Math.log(factor) - shift);
  return others.some((other) => Math.abs(other - shift) < away + clearly);
}

/**
 * Median with limits by order statistics, from the quantiles of a portrait. The ratio of two limits covers more than 95%:
 * both medians would have to stray against one another.
 */
function medianOf(
  { seen: { quantiles = [] }, held }: Known,
  effect: number,
): { readonly median: number; readonly low: number; readonly high: number } {
  const half = normalQuantile(0.975) / (2 * Math.sqrt(Math.max(1, held / effect)));
  const at = (q: number): number => {
    const place = Math.min(1, Math.max(0, q)) * (quantiles.length - 1);
    const below = Math.floor(place);
    const [low, high] = [quantiles[below]!, quantiles[Math.min(below + 1, quantiles.length - 1)]!];
    return low + (place - below) * (high - low);
  };
  const [a, b] = [at(0.5 - half), at(0.5 + half)];
  return { median: at(0.5), low: Math.min(a, b), high: Math.max(a, b) };
}
