import type { Pair } from './candidates.js';

/** Rows that belong together, each with the first row of its cluster and the rows in it. */
export interface Member {
  readonly row: number;
  readonly first: number;
  readonly size: number;
  /** 1 for the first row, 2 … for the others. */
  readonly place: number;
}

/** A larger cluster is a chain of accidents: its rows are left alone. */
const mostRows = 50;

/** Connected components of the pairs, of at most 50 rows, in row order. */
export function clustersOf(
  pairs: readonly Pair[],
  rows: number,
): { readonly members: readonly Member[]; readonly left: number } {
  const parent = Int32Array.from({ length: rows }, (_, row) => row);
  const root = (row: number): number => {
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (const { low, high } of pairs) {
    const [a, b] = [root(low), root(high)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const of = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) of.set(root(row), [...(of.get(root(row)) ?? []), row]);
  const groups = [...of.values()].filter((group) => group.length > 1);
  const kept = groups.filter((group) => group.length <= mostRows);
  const members = kept.flatMap((group) =>
    group.map((row, i) => ({ row, first: group[0]!, size: group.length, place: i + 1 })),
  );
  return { members: members.toSorted((a, b) => a.row - b.row), left: groups.length - kept.length };
}
