import type { Records } from './records.js';
import { minHashes } from './min-hash.js';

/** Two rows, `low` before `high`. */
export interface Pair {
  readonly low: number;
  readonly high: number;
}

/** Rows that share a value, a word or a bucket are paired up to so many; a larger block names a kind, not a thing. */
const mostOfValue = 60;
const mostOfWord = 30;
const mostOfBucket = 100;
/** Sorted neighbourhood (Hernandez and Stolfo 1995): neighbours on each side, and columns sorted by. */
const neighbours = 6;
const sortedColumns = 5;
const shortestWord = 3;
/** Pairs kept in all; later blocks are left out. */
export const mostPairs = 3_000_000;

/** Pairs worth comparing: equal value, equal word, neighbours in sorted order, equal MinHash band (Broder 1997). */
export function candidatePairs(records: Records): readonly Pair[] {
  const { fields, columns } = records;
  const rows = fields.length;
  const seen = new Set<number>();
  const add = (a: number, b: number): void => {
    if (a !== b && seen.size < mostPairs) seen.add(Math.min(a, b) * rows + Math.max(a, b));
  };
  const within = (keysOf: (row: number) => readonly string[], most: number): void => {
    for (const members of blocks(rows, keysOf)) {
      if (members.length > most) continue;
      for (let i = 0; i < members.length; i++) for (let j = 0; j < i; j++) add(members[i]!, members[j]!);
    }
  };
  within((row) => fields[row]!.flatMap((value, c) => (value === '' ? [] : [`${c} ${value}`])), mostOfValue);
  within((row) => fields[row]!.flatMap((v) => v.split(' ')).filter((w) => w.length >= shortestWord), mostOfWord);
  for (const order of sortedOrders(fields, columns.length)) {
    for (let i = 0; i < order.length; i++)
      for (let d = 1; d <= neighbours && i + d < order.length; d++) add(order[i]!, order[i + d]!);
  }
  const bands = minHashes(fields);
  within((row) => bands[row]!, mostOfBucket);
  return [...seen].toSorted((a, b) => a - b).map((key) => ({ low: Math.floor(key / rows), high: key % rows }));
}

/** Rows by key, in the order in which keys appear. */
function blocks(rows: number, keysOf: (row: number) => readonly string[]): Iterable<readonly number[]> {
  const byKey = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    for (const key of new Set(keysOf(row))) {
      const members = byKey.get(key);
      if (members === undefined) byKey.set(key, [row]);
      else members.push(row);
    }
  }
  return byKey.values();
}

/** Rows sorted by each of the columns that tell most rows apart, ties by the next two columns, then by row. */
function sortedOrders(fields: Records['fields'], columns: number): readonly (readonly number[])[] {
  const told = Array.from({ length: columns }, (_, c) => new Set(fields.map((row) => row[c]!)).size);
  const by = [...told.keys()].toSorted((a, b) => told[b]! - told[a]! || a - b).slice(0, sortedColumns);
  return by.map((c) => {
    const rest = [...told.keys()].filter((other) => other !== c).slice(0, 2);
    const key = (row: number): string => [c, ...rest].map((at) => fields[row]![at]!).join('\u0001');
    const keyed = [...fields.keys()].filter((row) => fields[row]![c] !== '').map((row) => ({ row, key: key(row) }));
    return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row)).map(({ row }) => row);
  });
}
