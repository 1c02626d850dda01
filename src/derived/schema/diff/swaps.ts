import type { Known } from './known.js';
import { distance, leastRows, noiseOf } from './distance.js';
import { unitFactor } from './unit-factor.js';

/** Columns whose contents changed places: what A calls `from` stands under `to` in B. */
export interface Swap {
  readonly from: string;
  readonly to: string;
  /** A score in [0, 1], not a probability. */
  readonly confidence: number;
}

/** Columns are looked at as swapped where they are this many times nearer to another than to themselves. */
const timesNearer = 5;

/** Swapped columns among those both have by name, as pairs in A's order; longer rings are told link by link. */
export function findSwaps(pairs: readonly (readonly [Known, Known])[]): readonly Swap[] {
  const strays = pairs.filter(([a, b]) => {
    if (Math.min(a.held, b.held) < leastRows || a.moving || b.moving) return false;
    return distance(a, b) > 2 * noiseOf(a, b) && unitFactor(a, b) === null;
  });
  const found = new Map<number, Swap & { readonly at: number }>();
  strays.forEach(([a, own], i) => {
    const straight = distance(a, own);
    const near = strays
      .map(([, b], at) => ({ at, b, d: distance(a, b) }))
      .filter(({ at, b, d }) => at !== i && d <= noiseOf(a, b) && d <= straight / timesNearer);
    const [only] = near;
    // Two columns it could have become: that is no answer.
    if (only === undefined || near.length > 1) return;
    const confidence = Math.min(0.99, 1 - only.d / straight);
    found.set(i, { from: a.name, to: only.b.name, confidence, at: only.at });
  });
  return strays.flatMap((_, i) => (isRing(i, found) ? [plain(found.get(i)!)] : []));
}

/** True where following the arrows from a column leads back to it. */
function isRing(start: number, found: ReadonlyMap<number, { readonly at: number }>): boolean {
  let at = found.get(start)?.at;
  for (let steps = 0; at !== undefined && steps <= found.size; steps++) {
    if (at === start) return true;
    at = found.get(at)?.at;
  }
  return false;
}

function plain({ from, to, confidence }: Swap): Swap {
  return { from, to, confidence: Number(confidence.toFixed(2)) };
}
