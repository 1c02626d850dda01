import { pairedOf, type Paired } from './paired.js';

/**
 * First minus second, of two paired differences over the same units and seeds: influences and seeds stay paired.
 */
export function contrast(first: Paired, second: Paired): Paired {
  const differences = first.differences.map((value, r) => value - second.differences[r]!);
  const byUnit = first.byUnit.map((value, k) => value - second.byUnit[k]!);
  return pairedOf(differences, byUnit);
}
