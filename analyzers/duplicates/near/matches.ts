import type { Random } from '../../../src/core/random.js';
import type { Pair } from './candidates.js';
import type { Compared } from './similarity.js';
import type { Records } from './records.js';
import { alikeByChance, alikePairs } from './alike-pairs.js';
import { candidatePairs } from './candidates.js';
import { matchByEm } from './fellegi-sunter.js';
import { alike, close, compared, similarity } from './similarity.js';

export interface Matches {
  readonly pairs: readonly Pair[];
  /** How they were told: by EM where its classes make sense, else by cosine alone. */
  readonly by: 'fellegi-sunter' | 'cosine';
  /** Pairs as alike in the same table with shuffled columns; null by EM, which weighs chance itself. */
  readonly byChance: number | null;
}

/** EM found matches only where they are rare among candidates; a larger share is another class, such as "one street". */
const mostLambda = 0.3;
const randomPairs = 20_000;

/** Of the matches so many may be unlike in the column that tells rows apart best: more, and a kind was matched, not a thing. */
const mostUnlike = 0.5;

/** Of the matches by cosine so many may be there by chance. */
const mostByChance = 0.1;

/**
 * Rows that are one thing written twice: by EM where its classes make sense, else by a mean cosine of `nearCosine` or more;
 * none where neither does.
 */
export function matchesOf(records: Records, nearCosine: number, random: Random): Matches {
  const pairs = candidatePairs(records);
  const agree = agreementsOf(records);
  const agreements = agree(pairs);
  const { p, lambda } = matchByEm(agreements, agree(drawn(records.fields.length, random)), records.columns.length);
  const byEm = [...pairs.keys()].filter((i) => p[i]! >= 0.5);
  if (lambda < mostLambda && unlikeShare(records, agreements, byEm) <= mostUnlike)
    return { pairs: byEm.map((i) => pairs[i]!), by: 'fellegi-sunter', byChance: null };
  const byCosine = alikePairs(records, pairs, nearCosine);
  const byChance = alikeByChance(records, nearCosine, random.fork('shuffled'));
  return { pairs: byChance <= mostByChance * byCosine.length ? byCosine : [], by: 'cosine', byChance };
}

/** Share of some pairs that are unlike in the column with the most values. */
function unlikeShare({ fields, columns }: Records, agreements: Int8Array, pairs: readonly number[]): number {
  const values = columns.map((_, c) => new Set(fields.map((row) => row[c]!)).size);
  const best = values.indexOf(Math.max(...values));
  return pairs.filter((i) => agreements[i * columns.length + best] === 0).length / Math.max(1, pairs.length);
}

function drawn(rows: number, random: Random): readonly Pair[] {
  return Array.from({ length: randomPairs }, (_, i) => {
    return { low: Math.floor(rows * random.at(2 * i)), high: Math.floor(rows * random.at(2 * i + 1)) };
  }).filter(({ low, high }) => low !== high);
}

/** Levels of agreement of pairs, column by column; two values are compared once. */
function agreementsOf({ fields, columns }: Records): (pairs: readonly Pair[]) => Int8Array {
  const agreements = columns.map((_, c) => agreementIn(fields.map((row) => row[c]!)));
  return (pairs) => {
    const out = new Int8Array(pairs.length * columns.length);
    agreements.forEach((agree, c) => {
      pairs.forEach(({ low, high }, i) => (out[i * columns.length + c] = agree(low, high)));
    });
    return out;
  };
}

function agreementIn(cells: readonly string[]): (a: number, b: number) => number {
  const ids = new Map<string, number>();
  const values: Compared[] = [];
  const of = Int32Array.from(cells, (cell) => {
    const id = ids.get(cell) ?? ids.size;
    if (id === ids.size) {
      ids.set(cell, id);
      values.push(compared(cell));
    }
    return id;
  });
  const levels = new Map<number, number>();
  return (a, b) => {
    if (cells[a] === '' || cells[b] === '') return -1;
    const [x, y] = [Math.min(of[a]!, of[b]!), Math.max(of[a]!, of[b]!)];
    if (x === y) return 3;
    const key = x * values.length + y;
    const known = levels.get(key);
    if (known !== undefined) return known;
    const s = similarity(values[x]!, values[y]!, close);
    const level = s >= close ? 2 : s >= alike ? 1 : 0;
    levels.set(key, level);
    return level;
  };
}
