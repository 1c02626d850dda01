import { logarithm } from '../../../src/models/gbdt/logarithm.js';

/** Trigrams of a text as a unit vector: ids ascending, with their weights. */
export interface Vector {
  readonly ids: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Vectors of the character trigrams inside words, each word padded by a space: weight idf^2 with idf = 1 + ln((1 + n) / (1 + df))
 * of n texts (Salton and Buckley 1988; squared, so that what names one thing outweighs what many share), length 1. A trigram
 * said twice counts once.
 */
export function trigramVectors(texts: readonly string[]): readonly Vector[] {
  const ids = new Map<string, number>();
  const held: number[] = [];
  const grams = texts.map((text) => {
    const own = new Set<number>();
    for (const gram of trigramsOf(text)) {
      const id = ids.get(gram) ?? ids.size;
      if (id === ids.size) ids.set(gram, id);
      own.add(id);
    }
    for (const id of own) held[id] = (held[id] ?? 0) + 1;
    return Int32Array.from(own).sort();
  });
  const weights = held.map((df) => (1 + logarithm((1 + texts.length) / (1 + df))) ** 2);
  return grams.map((own) => unit(own, weights));
}

function unit(ids: Int32Array, of: readonly number[]): Vector {
  const weights = Float64Array.from(ids, (id) => of[id]!);
  const length = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)) || 1;
  return { ids, weights: weights.map((w) => w / length) };
}

/** Cosine of two unit vectors. */
export function cosine(a: Vector, b: Vector): number {
  let [i, j, sum] = [0, 0, 0];
  while (i < a.ids.length && j < b.ids.length) {
    const d = a.ids[i]! - b.ids[j]!;
    if (d === 0) sum += a.weights[i++]! * b.weights[j++]!;
    else if (d < 0) i++;
    else j++;
  }
  return sum;
}

function trigramsOf(text: string): readonly string[] {
  return text.split(' ').flatMap((word) => {
    if (word === '') return [];
    const padded = ` ${word} `;
    return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
  });
}
