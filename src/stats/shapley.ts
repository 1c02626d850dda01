/**
 * Exact Shapley values of `players` from the value of every subset (Shapley 1953). `valueOf(mask)` is the value of the
 * subset whose bits are set; the values sum to `valueOf(all) - valueOf(none)`. 2^players subsets are asked for.
 */
export function shapleyValues(players: number, valueOf: (mask: number) => number): Float64Array {
  const share = shares(players);
  const values = new Float64Array(players);
  for (let mask = 0; mask < 2 ** players; mask++) {
    const value = valueOf(mask);
    const size = members(mask, players).length;
    for (let j = 0; j < players; j++) {
      const inside = (mask >> j) & 1;
      values[j]! += inside === 1 ? share[size - 1]! * value : -share[size]! * value;
    }
  }
  return values;
}

/** `|S|! (k - |S| - 1)! / k!` for each size of a coalition without the player; 0 for the full one. */
function shares(players: number): number[] {
  const share = [1 / players];
  for (let size = 1; size < players; size++) share.push((share[size - 1]! * size) / (players - size));
  return [...share, 0];
}

function members(mask: number, players: number): number[] {
  return Array.from({ length: players }, (_, j) => j).filter((j) => ((mask >> j) & 1) === 1);
}
