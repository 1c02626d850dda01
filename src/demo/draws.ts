import type { Random } from '../core/random.js';

/** Uniform draws in [0, 1), one for each key; a pure function of the generator's path, `stream` and the key. */
export function uniforms(random: Random, stream: string, keys: Int32Array): Float64Array {
  const out = new Float64Array(keys.length);
  random.fork(stream).fill(keys, out);
  return out;
}

/** Nearly normal draws of mean 0 and variance 1: sqrt(3) (U1 + U2 + U3 + U4 - 2), so within +-3.47. */
export function normals(random: Random, stream: string, keys: Int32Array): Float64Array {
  const sum = new Float64Array(keys.length).fill(-2);
  for (let part = 0; part < 4; part++) {
    const draw = uniforms(random, `${stream}${part}`, keys);
    for (let i = 0; i < sum.length; i++) sum[i]! += draw[i]!;
  }
  for (let i = 0; i < sum.length; i++) sum[i]! *= Math.sqrt(3);
  return sum;
}

/** Index of the first cumulated share that reaches `draw`; the last one where none does. `ends` ascend. */
export function pick(ends: ArrayLike<number>, draw: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < draw) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Running sums of `shares`, scaled to end at 1. */
export function cumulated(shares: ArrayLike<number>): Float64Array {
  const ends = new Float64Array(shares.length);
  let sum = 0;
  for (let i = 0; i < ends.length; i++) ends[i] = sum += shares[i]!;
  for (let i = 0; i < ends.length; i++) ends[i]! /= sum;
  return ends;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** The keys 0 .. count-1. */
export function keysTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
