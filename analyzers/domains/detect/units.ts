import type { Known } from '../../../src/derived/schema/diff/known.js';
import { unitFactor } from '../../../src/derived/schema/diff/unit-factor.js';
import { normalQuantile } from '../../../src/stats/distributions.js';
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
  const { reference, odd } = oddOnes(rows, (a, b) => unitFactor(seen[a]!, seen[b]!));
  return odd.map(({ domain, reading }) => {
    const [own, other] = [medianOf(seen[domain]!, effect(domain)), medianOf(seen[reference]!, effect(reference))];
    return {
      domain,
      reference,
      factor: reading.factor,
      ratio: own.median / other.median,
      low: own.low / other.high,
      high: own.high / other.low,
    };
  });
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
