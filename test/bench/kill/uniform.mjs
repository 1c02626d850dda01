import { createHash } from 'node:crypto';

/** Uniform numbers in [0, 1), the same in every run, of their own for each seed (a text). */
export function uniform(seed) {
  let drawn = 0;
  return () => createHash('sha256').update(`${seed} ${drawn++}`).digest().readUInt32BE(0) / 2 ** 32;
}
