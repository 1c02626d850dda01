import { tieGroups } from './ties.js';

/** Ranks from 1, the mean rank for ties: what `rankdata` of SciPy gives. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const { groups, groupOf } = tieGroups(values);
  const size = new Float64Array(groups);
  for (const group of groupOf) size[group]! += 1;
  const rank = new Float64Array(groups);
  let below = 0;
  for (let g = 0; g < groups; g++) {
    rank[g] = below + (size[g]! + 1) / 2;
    below += size[g]!;
  }
  return Float64Array.from(groupOf, (group) => rank[group]!);
}
