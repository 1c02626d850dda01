import { medianOf } from './usual.js';

/** A lasting change of the volume of days. */
export interface Step {
  /** First day of the new volume, as a place in the series. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Whole days that each side needs. */
const leastDays = 4;
/** Days next to the change that must show most of it: what grows slowly does not step. */
const near = 3;
const nearShare = 0.6;
const leastZ = 5;

/**
 * The cut after which daily volumes differ most, where the medians of both sides are `ratio` apart, beyond what days
 * scatter, and the days next to the cut show it.
 */
export function stepOf(volumes: readonly number[], ratio: number): Step | null {
  if (volumes.length < 2 * leastDays || volumes.some((v) => v <= 0)) return null;
  const logs = volumes.map(Math.log);
  let best: { at: number; left: number } | null = null;
  for (let at = leastDays; at <= logs.length - leastDays; at++) {
    const left = scatter(logs.slice(0, at)) + scatter(logs.slice(at));
    if (best === null || left < best.left - 1e-12) best = { at, left };
  }
  if (best === null) return null;
  const { at, left } = best;
  const jump = medianOf(logs.slice(at)) - medianOf(logs.slice(0, at));
  const close = medianOf(logs.slice(at, at + near)) - medianOf(logs.slice(Math.max(0, at - near), at));
  const noise = Math.max(1.2533 * (left / logs.length), 0.01) * Math.sqrt(1 / at + 1 / (logs.length - at));
  const isStep = Math.abs(jump) > Math.log(ratio) && close / jump > nearShare && Math.abs(jump) > leastZ * noise;
  return isStep ? { at, before: medianOf(volumes.slice(0, at)), after: medianOf(volumes.slice(at)) } : null;
}

/** Sum of the distances to the median. */
function scatter(values: readonly number[]): number {
  const centre = medianOf(values);
  return values.reduce((sum, v) => sum + Math.abs(v - centre), 0);
}
