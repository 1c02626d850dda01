import type { Arm } from '../arm.js';
import type { ValueCurve } from '../../core/worth.js';

/** Ways to keep less of the training set, each contained in the one before. */
export interface Reduction {
  readonly of: ValueCurve['of'];
  /** Units there are. */
  readonly total: number;
  /** From the most kept to the fewest, never all. */
  readonly steps: readonly ReductionStep[];
}

export interface ReductionStep {
  /** Units that trial `seed` keeps, and training rows it has then. */
  kept(seed: number): Promise<{ readonly units: number; readonly rows: number }>;
  readonly arm: Arm;
}

/** `count` of the steps, spread over all of them, the last one always among them. */
export function spread<T>(steps: readonly T[], count: number): readonly T[] {
  if (count >= steps.length) return steps;
  return Array.from({ length: count }, (_, i) => steps[Math.ceil(((i + 1) * steps.length) / count) - 1]!);
}
