import { describe, expect, it } from 'vitest';
import { clustersOf } from '../../../analyzers/duplicates/near/clusters.js';
import { defaults } from '../../../analyzers/duplicates/options.js';
import { matchesOf } from '../../../analyzers/duplicates/near/matches.js';
import { rowSimilarity } from '../../../analyzers/duplicates/near/row-similarity.js';
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
    // Forty rows a place, each with a word of its own in each column; nothing else is like a place.
    const fields = Array.from({ length: 600 }, (_, i) => {
      const place = Math.floor(i / 40);
      return [0, 1, 2].map((c) => `${word(1000 * c + place, 9)} ${word(9000 + 1000 * c + i, 4)}`);
    });
    const found = (from: number) => matchesOf(recordsOf(fields), from, createRandom(1));
    const { pairs, by } = found(nearCosine);
    expect(by).toBe('cosine');
    expect(pairs.every(({ low, high }) => Math.floor(low / 40) === Math.floor(high / 40))).toBe(true);
    expect(pairs.length).toBeGreaterThan(0.9 * 15 * 780);
    // Higher, the own words of rows keep most of them apart.
    expect(found(0.95).pairs.length).toBeLessThan(15 * 390);
  });

  it('are not rows of three columns of few values each, which any two rows may share', () => {
    const fields = Array.from({ length: 600 }, (_, i) =>
      [0, 1, 2].map((c) => word(1000 * c + Math.floor(50 * random.at(7 * i + c)), 9)),
    );
    expect(matchesOf(recordsOf(fields), nearCosine, createRandom(1))).toMatchObject({ pairs: [], by: 'cosine' });
  });
});

describe('similarity of rows', () => {
  /** Twenty products of ten makers and two sorts, and the rows asked about behind them. */
  const alike = (...rows: readonly (readonly string[])[]): number => {
    const products = Array.from({ length: 20 }, (_, i) => [
      word(i, 4),
      word(1000 + (i % 10), 4),
      i % 2 ? 'dark' : 'light',
    ]);
    return rowSimilarity(recordsOf([...products, ...rows]))({ low: 20, high: 21 });
  };
  const [name, maker] = [word(77, 4), word(78, 4)];

  it('is 1 for equal rows and 0 for rows that share nothing', () => {
    expect(alike([name, maker, 'dark'], [name, maker, 'dark'])).toBeCloseTo(1, 12);
    expect(alike([name, maker, 'dark'], ['xyz', 'uvw', 'light'])).toBe(0);
  });

  it('hardly minds a sort, minds a name', () => {
    const otherSort = alike([name, maker, 'dark'], [name, maker, 'light']);
    const otherName = alike([name, maker, 'dark'], ['xyz', maker, 'dark']);
    expect(otherSort).toBeGreaterThan(0.9);
    expect(otherName).toBeLessThan(0.6);
  });

  it('is not moved in other columns by a name that repeats its maker', () => {
    const plain = alike([name, maker, 'dark'], [name, maker, 'dark']);
    const repeated = alike([name, maker, 'dark'], [`${maker} ${name}`, maker, 'dark']);
    expect(plain - repeated).toBeLessThan(0.25);
    expect(repeated).toBeGreaterThan(nearCosine);
  });

  it('takes an empty cell for unlike', () => {
    expect(alike([name, '', ''], [name, '', ''])).toBeLessThan(0.7);
    expect(alike(['', '', ''], ['', '', ''])).toBe(0);
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
