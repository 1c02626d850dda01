import { createRandom } from '../../core/random.js';

/** A prime (Mersenne): the product of two numbers below it fits into 62 bits. */
const prime = 2 ** 31 - 1;

/**
 * A uniform draw in [0, 1) of a row by its key, a whole number from 0 on; a digest of the key is dearer.
 * `(key + offset)^5 mod prime`: every residue is taken once, as 5 and `prime - 1` have no common divisor (Dickson 1897, The
 * analytic representation of substitutions), and values of a polynomial of that degree spread evenly over any long run of
 * keys (Weyl 1916). Whole numbers only, so the same in every engine.
 */
export function rowDraw(key: string, seed: string): string {
  const offset = Math.floor(createRandom(0).fork(seed).at(0) * prime);
  const base = `((${key} + ${offset}) % ${prime})`;
  const square = `((${base} * ${base}) % ${prime})`;
  const fourth = `((${square} * ${square}) % ${prime})`;
  return `(CAST((${fourth} * ${base}) % ${prime} AS DOUBLE) / ${prime})`;
}
