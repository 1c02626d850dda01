import { describe, expect, it } from 'vitest';
import { clustersOf } from '../../../analyzers/duplicates/near/clusters.js';
import { defaults } from '../../../analyzers/duplicates/options.js';
import { matchesOf } from '../../../analyzers/duplicates/near/matches.js';
import { compared, similarity } from '../../../analyzers/duplicates/near/similarity.js';
import { createRandom } from '../../../src/core/random.js';

const { nearCosine } = defaults;
const random = createRandom(3).fork('near');
const syllables = ['ba', 'ne', 'ro', 'ti', 'lu', 'ka', 'so', 'mi', 'du', 've'];

function word(key: number, length: number): string {
  return Array.from({ length }, (_, i) => syllables[Math.floor(10 * random.at(key * 16 + i))]!).join('');
}

/** Persons of four fields, the first 40 of them again with one letter left out of the name. */
function people(): readonly (readonly string[])[] {
  const once = Array.from({ length: 400 }, (_, i) => [
    word(i, 4),
    word(1000 + i, 4),
    word(2000 + i, 5),
    String(10_000 + 7 * i),
  ]);
  return [...once, ...once.slice(0, 40).map(([name, ...rest]) => [name!.slice(0, 3) + name!.slice(4), ...rest])];
}

function recordsOf(fields: readonly (readonly string[])[]) {
  return { columns: fields[0]!.map((_, i) => ({ id: `c${i}`, name: `f${i}`, type: 'VARCHAR' })), fields };
}

describe('near duplicates', () => {
  it('are found by EM, and nothing else is', () => {
    const { pairs, by } = matchesOf(recordsOf(people()), nearCosine, createRandom(1));
    expect(by).toBe('fellegi-sunter');
    expect(pairs).toEqual(Array.from({ length: 40 }, (_, i) => ({ low: i, high: 400 + i })));
  });

  it('are not the products of one maker', () => {
    const fields = Array.from({ length: 600 }, (_, i) => {
      const maker = i % 60;
      return [word(i, 5), word(5000 + maker, 6), word(6000 + maker, 6), word(7000 + maker, 6)];
    });
    expect(matchesOf(recordsOf(fields), nearCosine, createRandom(1)).pairs).toEqual([]);
  });

  it('are rows of one cosine where so many candidates are one that EM has nothing to learn from', () => {
    // Forty rows a place, of which each has a word of its own; nothing else is like a place.
    const fields = Array.from({ length: 360 }, (_, i) => {
      const place = Math.floor(i / 40);
      return [`${word(place, 9)} ${word(9000 + i, 2)}`, word(2000 + place, 9), word(3000 + place, 9)];
    });
    const found = (from: number) => matchesOf(recordsOf(fields), from, createRandom(1));
    expect(found(nearCosine)).toMatchObject({ by: 'cosine' });
    expect(found(nearCosine).pairs).toHaveLength(9 * 780);
    // Higher, the own words of rows keep most of them apart.
    expect(found(0.95).pairs.length).toBeLessThan(9 * 390);
  });
});

describe('similarity', () => {
  it.each([
    ['martha', 'marhta', 0.961],
    ['dixon', 'dicksonx', 0.813],
  ])('of %s and %s is at least what Jaro and Winkler say', (a, b, least) => {
    expect(similarity(compared(a), compared(b))).toBeGreaterThan(least - 0.001);
  });
});

describe('clusters', () => {
  it('join chains, name the first row, and leave the very large alone', () => {
    const chain = Array.from({ length: 60 }, (_, i) => ({ low: 10 + i, high: 11 + i }));
    const { members, left } = clustersOf([{ low: 1, high: 3 }, { low: 3, high: 5 }, ...chain], 100);
    expect(members.map(({ row, first, size, place }) => [row, first, size, place])).toEqual([
      [1, 1, 3, 1],
      [3, 1, 3, 2],
      [5, 1, 3, 3],
    ]);
    expect(left).toBe(1);
  });
});
