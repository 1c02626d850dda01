import type { RollingGain } from '../../core/worth.js';
import { limitsOf } from '../effect/limits.js';
import { meanOfSeries } from '../../stats/mean-of-series.js';
import { pairedOf, type Paired } from '../effect/paired.js';
import { tQuantile } from '../../stats/distributions.js';

/** A paired difference on one day, with the frame's sampling unit behind each entry of its influences. */
export interface DayDifference {
  readonly difference: Paired;
  readonly units: Int32Array;
}

/** Days below which nothing is said of days to come. */
export const fewestDays = 5;

/**
 * The mean over days of paired differences with the same seeds. For these days influences are summed over all days of a
 * unit, since a user comes back; seeds stay paired. For days to come each day is one draw.
 */
export function poolDays(days: readonly DayDifference[]): Pick<RollingGain, 'gain' | 'theseDays' | 'futureDays'> {
  const fixed = fixedDays(days);
  const { low, high } = limitsOf(fixed);
  const means = days.map(({ difference }) => difference.estimate);
  return {
    gain: fixed.estimate,
    theseDays: { low, high },
    futureDays: days.length < fewestDays ? null : randomDays(means),
  };
}

function fixedDays(days: readonly DayDifference[]): Paired {
  const byUnit = new Map<number, number>();
  for (const { difference, units } of days)
    units.forEach((unit, k) => byUnit.set(unit, (byUnit.get(unit) ?? 0) + difference.byUnit[k]! / days.length));
  const seeds = [...days[0]!.difference.differences.keys()];
  const bySeed = seeds.map((r) => mean(days.map(({ difference }) => difference.differences[r]!)));
  return pairedOf(bySeed, Float64Array.from(byUnit.values()));
}

function randomDays(means: readonly number[]): { readonly low: number; readonly high: number } {
  const { value, variance, df } = meanOfSeries(means);
  const half = tQuantile(0.975, df) * Math.sqrt(variance);
  return { low: value - half, high: value + half };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
