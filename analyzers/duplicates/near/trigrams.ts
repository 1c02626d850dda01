import { logarithm } from '../../../src/models/gbdt/logarithm.js';

/** Trigrams of each text as a unit vector: ids ascending, with their weights. */
export interface Vector {
  readonly ids: Int32Array;
  readonly weights: Float64Array;
}

/**
 * TF-IDF vectors of the character trigrams inside words, each word padded by a space (Salton and Buckley 1988): weight
 * (1 + ln tf) (1 + ln((1 + n) / (1 + df))), length 1.
 */
export function trigramVectors(texts: readonly string[]): readonly Vector[] {
  const ids = new Map<string, number>();
  const held: number[] = [];
  const counts = texts.map((text) => {
    const count = new Map<number, number>();
    for (const gram of trigramsOf(text)) {
      const id = ids.get(gram) ?? ids.size;
      if (id === ids.size) ids.set(gram, id);
      count.set(id, (count.get(id) ?? 0) + 1);
    }
    for (const id of count.keys()) held[id] = (held[id] ?? 0) + 1;
    return count;
  });
  const idf = held.map((df) => 1 + logarithm((1 + texts.length) / (1 + df)));
  return counts.map((count) =>
    unit(
      [...count].toSorted(([a], [b]) => a - b),
      idf,
    ),
  );
}

function unit(count: readonly (readonly [number, number])[], idf: readonly number[]): Vector {
  const weights = Float64Array.from(count, ([id, n]) => (1 + logarithm(n)) * idf[id]!);
  const length = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)) || 1;
  return { ids: Int32Array.from(count, ([id]) => id), weights: weights.map((w) => w / length) };
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

export function trigramsOf(text: string): readonly string[] {
  return text.split(' ').flatMap((word) => {
    if (word === '') return [];
    const padded = ` ${word} `;
    return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
  });
}
