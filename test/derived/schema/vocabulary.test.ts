import { describe, expect, it } from 'vitest';
import { matchVocabulary } from '../../../src/derived/schema/diff/vocabulary.js';

const makers = [
  ['BMW', 0.05],
  ['Ford', 0.35],
  ['GMC', 0.06],
  ['Audi', 0.3],
  ['Kia', 0.24],
] as const;

describe('values matched by their shares', () => {
  it('are one value written otherwise where all others keep theirs', () => {
    const written = makers.map(([name, share]) => [name === 'GMC' ? 'General' : name, share] as const);
    expect(matchVocabulary(makers, written, 2_000, 2_000).renamed).toMatchObject([{ from: 'GMC', to: 'General' }]);
  });

  it('are two values where others moved by as much', () => {
    const sold = { BMW: 0.17, Ford: 0.23, Audi: 0.3, Kia: 0.24, Lotus: 0.06 };
    expect(matchVocabulary(makers, Object.entries(sold), 2_000, 2_000)).toEqual({
      renamed: [],
      gone: ['GMC'],
      come: ['Lotus'],
    });
  });
});
