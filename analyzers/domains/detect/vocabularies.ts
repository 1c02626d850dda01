import type { Known } from '../../../src/derived/schema/diff/known.js';
import type { Renamed } from '../../../src/derived/schema/diff/vocabulary.js';
import { leastRows } from '../../../src/derived/schema/diff/distance.js';
import { matchVocabulary } from '../../../src/derived/schema/diff/vocabulary.js';
import { oddOnes } from './odd-ones.js';

/** A column whose values are written otherwise in one domain. */
export interface OtherWords {
  /** Place of the domain, and of the one it is compared with. */
  readonly domain: number;
  readonly reference: number;
  /** From the spelling of the domain to that of the others, each to one. */
  readonly words: readonly Renamed[];
}

/** As sure as two spellings of one word are; shares alone are less. */
const bySpelling = 0.97;
/**
 * Domains have values of their own (cities of a country), and two of them can have the same shares by chance: where
 * shares are all there is, as many values must fit and none may be left over.
 */
const leastByShares = 3;

/** `seen`: one column as each domain has it; `rows`: training rows of the domains. */
export function otherWords(seen: readonly Known[], rows: readonly number[]): readonly OtherWords[] {
  const odd = oddOnes(rows, (a, b) => wordsBetween(seen[a]!, seen[b]!));
  return odd.map(({ domain, reference, reading }) => ({ domain, reference, words: reading }));
}

function wordsBetween(reference: Known, domain: Known): readonly Renamed[] | null {
  const [to, from] = [reference.seen.levels, domain.seen.levels];
  if (to === undefined || from === undefined || Math.min(reference.held, domain.held) < leastRows) return null;
  const { renamed, gone, come } = matchVocabulary(from, to, domain.held, reference.held);
  const isOneToOne = new Set(renamed.map((word) => word.to)).size === renamed.length;
  if (renamed.length === 0 || !isOneToOne) return null;
  const known = new Set(from.map(([value]) => value));
  // A word that the domain itself has in both spellings is a mistyped cell, not another vocabulary.
  const words = renamed.filter(({ confidence, to: word }) => confidence < bySpelling || !known.has(word));
  const spelled = words.filter(({ confidence }) => confidence >= bySpelling);
  const isWhole = gone.length === 0 && come.length === 0 && words.length >= leastByShares;
  if (isWhole) return words;
  return spelled.length > 0 ? spelled : null;
}
