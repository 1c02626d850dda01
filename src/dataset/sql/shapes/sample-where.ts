import type { Dialect } from '../../../core/engine.js';

/** Primes: rows that repeat in a natural rhythm (of 2, 7, 24, 60 …) are not all kept or all lost. */
const strides = [97, 31, 7] as const;

/**
 * A condition that keeps about `wanted` of `rows` rows, the same ones whatever the order, threads or engine. The digest
 * of a key is dear, so of very many rows every p-th key is taken first, and the digest decides among those.
 */
export function sampleWhere(rows: number, wanted: number, seed: string, dialect: Dialect): string {
  if (rows <= wanted) return 'true';
  const stride = strides.find((p) => p * wanted * 2 <= rows) ?? 1;
  const draw = `${dialect.uniform(seed, 'k')} < ${(wanted * stride) / rows}`;
  return stride === 1 ? draw : `(k % ${stride} = ${seed.length % stride} AND ${draw})`;
}
