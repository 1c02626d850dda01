import { tieGroups } from './ties.js';

/** Places of the values from the smallest up, equal ones in their order: sorts numbers, which is faster than sorting places by them. */
export function argsort(values: ArrayLike<number>): Int32Array {
  const { groups, groupOf } = tieGroups(values);
  const next = new Int32Array(groups + 1);
  for (let i = 0; i < groupOf.length; i++) next[groupOf[i]! + 1]!++;
  for (let g = 0; g < groups; g++) next[g + 1]! += next[g]!;
  const order = new Int32Array(groupOf.length);
  for (let i = 0; i < groupOf.length; i++) order[next[groupOf[i]!]!++] = i;
  return order;
}
