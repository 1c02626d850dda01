import type { CostLimits } from '../../core/worth.js';
import type { Paired } from './paired.js';
import { limitsOf } from './limits.js';

/** A paired difference as a cost with its limits; one without any spread is known exactly. */
export function costLimits(difference: Paired): CostLimits {
  const { estimate, variance } = difference;
  if (variance === 0) return { cost: estimate, low: estimate, high: estimate, upper95: estimate };
  const { low, high, upper95 } = limitsOf(difference);
  return { cost: estimate, low, high, upper95 };
}
