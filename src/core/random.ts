/**
 * Seeded randomness. A generator is forked by path name, never by call order, and a draw is keyed by a row or
 * entity, never by its position: a row that is dropped shifts no other draw (EXPERIMENT A, pairing).
 */
export interface Random {
  /** Seed and path as text, e.g. `7/label-noise/uniform`; what SQL hashes together with a key. */
  readonly path: string;
  /** An independent generator for a named purpose. The same name gives the same generator. */
  fork(name: string): Random;
  /** Uniform draw in [0, 1) with 53 bits, a pure function of (path, key). */
  at(key: bigint | number): number;
  /** Fills `out[i]` with the uniform draw of `keys[i]`; the same values as {@link at}. */
  fill(keys: BigInt64Array | Int32Array, out: Float64Array): void;
}

/** The root generator of a run. `seed` is a non-negative safe integer. */
export function createRandom(seed: number): Random {
  return forked(String(seed));
}

function forked(path: string): Random {
  const [low, high] = hashText(path);
  return {
    path,
    fork: (name) => forked(`${path}/${name}`),
    at: (key) => draw(low, high, ...halves(key)),
    fill: (keys, out) => {
      if (keys instanceof Int32Array) {
        for (let i = 0; i < keys.length; i++) out[i] = draw(low, high, keys[i]! | 0, keys[i]! < 0 ? -1 : 0);
        return;
      }
      const words = new Int32Array(keys.buffer, keys.byteOffset, keys.length * 2);
      for (let i = 0; i < keys.length; i++) out[i] = draw(low, high, words[2 * i]!, words[2 * i + 1]!);
    },
  };
}

function halves(key: bigint | number): [number, number] {
  const wide = BigInt.asIntN(64, BigInt(key));
  return [Number(BigInt.asIntN(32, wide)), Number(BigInt.asIntN(32, wide >> 32n))];
}

/** Finalizer of MurmurHash3 (Appleby, 32 bit), chained over the four words; two passes give 53 bits. */
function draw(seedLow: number, seedHigh: number, keyLow: number, keyHigh: number): number {
  const a = mix(mix(mix(seedLow ^ keyLow) + Math.imul(keyHigh, 0x9e3779b1)) ^ seedHigh);
  const b = mix(mix(mix(seedHigh + Math.imul(keyLow, 0x85ebca77)) ^ keyHigh) + seedLow + 0x27d4eb2f);
  return ((a >>> 5) * 67108864 + (b >>> 6)) / 9007199254740992;
}

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function hashText(text: string): [number, number] {
  let low = 0x2545f491;
  let high = 0x9e3779b9 | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = mix(low ^ unit);
    high = mix(high + unit + Math.imul(low, 0x1b873593));
  }
  return [low, high];
}
