import type { AlteredCopy, Levels } from './levels.js';
import type { TrainingEntries } from './training-entries.js';
import { noCode } from '../frame/frame.js';

/** Pairs with a number of their own at most; each takes some 160 bytes while they are encoded. */
const mostPairs = 2 ** 20;

/**
 * Levels of a pair of columns: the pairs that training entries hold, numbered as they first appear. A pair that no entry
 * holds, or with a null or unseen level, has none. Beyond 2^20 pairs, new ones share numbers by a hash.
 */
export function pairLevels(a: Levels, b: Levels, entries: TrainingEntries, copies: readonly AlteredCopy[]): Levels {
  const numbers = createNumbers(entries.overlay.rows.length + copies.length);
  const pairOf = (x: number, y: number): number => (x === noCode || y === noCode ? -1 : x * b.count + y);
  for (const row of entries.overlay.rows) numbers.add(pairOf(a.of[row]!, b.of[row]!));
  for (let i = 0; i < copies.length; i++) numbers.add(pairOf(a.ofCopies[i]!, b.ofCopies[i]!));
  const of = new Int32Array(a.of.length);
  for (let row = 0; row < of.length; row++) of[row] = numbers.get(pairOf(a.of[row]!, b.of[row]!));
  const ofCopies = Int32Array.from(copies, (_, i) => numbers.get(pairOf(a.ofCopies[i]!, b.ofCopies[i]!)));
  return { of, count: numbers.count(), ofCopies };
}

/** Numbers of keys in order of appearance; keys are whole numbers from 0, -1 is none. */
interface Numbers {
  readonly add: (key: number) => void;
  /** {@link noCode} for keys that were not added. */
  readonly get: (key: number) => number;
  readonly count: () => number;
}

/** An open-addressing table of typed arrays: no object a key. */
function createNumbers(most: number): Numbers {
  let slots = 1024;
  while (slots < 2 * most) slots *= 2;
  const keys = new Float64Array(slots).fill(-1);
  const numbers = new Int32Array(slots);
  let count = 0;
  const place = (key: number): number => {
    let at = hash(key) & (slots - 1);
    while (keys[at] !== key && keys[at] !== -1) at = (at + 1) & (slots - 1);
    return at;
  };
  return {
    add: (key) => {
      if (key < 0) return;
      const at = place(key);
      if (keys[at] === key) return;
      keys[at] = key;
      numbers[at] = count < mostPairs ? count++ : hash(key + 1) & (mostPairs - 1);
    },
    get: (key) => {
      if (key < 0) return noCode;
      const at = place(key);
      return keys[at] === key ? numbers[at]! : noCode;
    },
    count: () => count,
  };
}

function hash(key: number): number {
  let h = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
