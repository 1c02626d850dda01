import type { Level, Levels, MarkedLevel } from './level.js';
import { withinEdits } from './edit-distance.js';

/** Shorter texts are codes, in which one letter makes another code. */
const minLength = 4;
/** A typing error is a value of few rows. */
const rareShare = 0.005;
/** Most cells must hold a frequent word: among names and in free text a rare one is no error. */
const closedShare = 0.8;
/** Words compared: so many rare ones with so many frequent ones, both by frequency. */
const mostRare = 20_000;
const mostFrequent = 2_000;

/** Values that are equal but for their numbers, written `#`: a number is another value, never an error in a word. */
interface Word {
  readonly text: string;
  readonly rows: number;
  readonly levels: readonly Level[];
  /** Which classes of characters occur. */
  readonly letters: number;
}

/**
 * Rare words within a small edit distance of one that is `ratio` times as frequent, with that word in their place. None where
 * they lie no nearer to frequent words than these do to one another: names of counties and of models are alike by nature.
 */
export function typos({ column, levels, cells }: Levels, ratio: number): readonly MarkedLevel[] {
  const words = wordsOf(levels);
  const held = words.reduce((sum, { rows }) => sum + (rows >= ratio ? rows : 0), 0);
  if (held < closedShare * cells) return [];
  const most = Math.max(2, rareShare * cells);
  const rare = words.filter((word) => word.rows <= most && isAsked(word));
  const frequent = words.slice(0, mostFrequent).filter(({ rows }) => rows >= ratio);
  const asked = rare.slice(0, mostRare);
  const found = asked.flatMap((word) => {
    const meant = meantBy(word, frequent, ratio);
    return meant === null ? [] : [{ word, meant }];
  });
  if (found.length === 0 || found.length < asked.length * shareNearAnother(frequent)) return [];
  return found.flatMap(({ word, meant }): readonly MarkedLevel[] => {
    const score = 1 - word.rows / meant.rows;
    return word.levels.map((level) => {
      return { column, level, code: 'dirty-cells.typo', score, suggestion: withNumbers(meant.text, level.value) };
    });
  });
}

/** Whether a word could be misspelled: neither a code nor a number. */
const isAsked = ({ text }: Word): boolean => text.length >= minLength && /\p{L}/u.test(text);

/** Of the words that could be misspelled, the share that lie near another one. */
function shareNearAnother(words: readonly Word[]): number {
  const asked = words.filter(isAsked);
  const near = asked.filter((word) => words.some((other) => other !== word && isInReach(word, other)));
  return near.length / Math.max(1, asked.length);
}

/** Most frequent first, ties by text. */
function wordsOf(levels: readonly Level[]): readonly Word[] {
  const words = new Map<string, { rows: number; levels: Level[] }>();
  for (const level of levels) {
    const text = level.value.replaceAll(/\d+/g, '#');
    const word = words.get(text) ?? { rows: 0, levels: [] };
    word.rows += level.rows;
    word.levels.push(level);
    words.set(text, word);
  }
  return [...words]
    .map(([text, word]) => ({ text, ...word, letters: lettersOf(text) }))
    .toSorted((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
}

/** The most frequent word in reach that has the same number of numbers. */
function meantBy(word: Word, frequent: readonly Word[], ratio: number): Word | null {
  for (const other of frequent) {
    if (other.rows < ratio * word.rows) return null;
    if (isInReach(word, other)) return other;
  }
  return null;
}

/** Whether a word is another one but for a few edits, with as many numbers in it. */
function isInReach({ text, letters }: Word, other: Word): boolean {
  const reach = reachOf(text.length);
  if (Math.abs(other.text.length - text.length) > reach || bits(letters ^ other.letters) > 2 * reach) return false;
  return numbersIn(other.text) === numbersIn(text) && withinEdits(text, other.text, reach);
}

/** Edits within which a text of a length is still the same word. */
function reachOf(length: number): number {
  if (length <= 4) return 1;
  return length <= 12 ? 2 : Math.max(2, Math.floor(length / 8));
}

function withNumbers(word: string, value: string): string {
  const numbers = value.match(/\d+/g) ?? [];
  let at = 0;
  return word.replaceAll('#', () => numbers[at++] ?? '#');
}

function numbersIn(word: string): number {
  return word.split('#').length - 1;
}

/** A bit for each of 32 classes of characters: texts k edits apart differ in at most 2k of them. */
function lettersOf(text: string): number {
  let set = 0;
  for (let i = 0; i < text.length; i++) set |= 1 << (text.codePointAt(i)! & 31);
  return set;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
