import type { Known } from './known.js';
import { nearestFactor, versionRatios } from '../../../stats/known-factors.js';
import { epochUnit } from '../unit-name.js';
import { distance, leastRows, noiseOf } from './distance.js';
import { kindOf } from './known.js';

export interface UnitFactor {
  /** What values of A are multiplied by in B. */
  readonly factor: number;
  /** Distance left after it. */
  readonly distance: number;
}

/** A factor must be met to about this share: prices drift a little as well. */
const slack = 0.08;

/**
 * The factor by which the numbers of B are those of A in another unit: the median ratio of their quantiles is near a known
 * one and the shapes then agree; null where there is none, and where they agree as they are. Moments are told by their size:
 * seconds, milli-, micro- or nanoseconds since 1970.
 */
export function unitFactor(a: Known, b: Known): UnitFactor | null {
  if (kindOf(a.type) !== 'number' || kindOf(b.type) !== 'number' || Math.min(a.held, b.held) < leastRows) return null;
  const [from, to] = [epochUnit(a.seen), epochUnit(b.seen)];
  if (from !== null && to !== null) {
    const units = ['s', 'ms', 'us', 'ns'];
    const step = units.indexOf(to) - units.indexOf(from);
    return step === 0 ? null : { factor: 1000 ** step, distance: 0 };
  }
  const straight = distance({ ...a, moving: false }, { ...b, moving: false });
  const noise = noiseOf(a, b);
  if (straight <= 2 * noise) return null;
  const logs = ratios(a.seen.quantiles ?? [], b.seen.quantiles ?? []);
  if (logs.length < 3) return null;
  const shift = logs[Math.floor(logs.length / 2)]!;
  // Quantiles of a law of spread s stray by about s/sqrt(n); their ratios show no less.
  const error = (logs.at(-1)! - logs[0]!) / Math.sqrt(Math.min(a.held, b.held));
  const factor = nearestFactor(shift, slack + 2 * error, error, versionRatios);
  if (factor === null) return null;
  const left = distance({ ...a, moving: false }, { ...b, moving: false }, factor);
  return left <= 2 * noise && left <= straight / 4 ? { factor, distance: left } : null;
}

/** Logarithms of the ratios of quantiles of one sign, ascending; the extremes, which stray most, left out. */
function ratios(a: readonly number[], b: readonly number[]): readonly number[] {
  return a
    .slice(1, -1)
    .flatMap((q, i) => (q * b[i + 1]! > 0 ? [Math.log(b[i + 1]! / q)] : []))
    .sort((x, y) => x - y);
}
