import type { Given } from './given.js';

/** Labels that the model disbelieves, counted against how many it would disbelieve if it were right. */
export interface Excess {
  readonly label: 0 | 1;
  /** Rows called: `round(found - expected)` at the cut, 0 where the excess is no more than chance. */
  readonly called: number;
  readonly found: number;
  readonly expected: number;
  readonly z: number;
  /** The probability of the label at the cut: rows with at most that are counted. */
  readonly cut: number;
}

export function noExcess(label: 0 | 1): Excess {
  return { label, called: 0, found: 0, expected: 0, z: 0, cut: 0 };
}

/** A cut counts where the excess is this many standard errors and labels are this many times the expected. */
const zCall = 6;
const ratioCall = 2;

/**
 * Redraw each label from its out-of-fold probability: among the rows whose probability of label c is lowest, c would be
 * drawn sum(p_c) times, with variance sum(p_c (1 - p_c)). Walks all cuts of that order (rows of hot slices are left
 * out: they are explained) and returns the one with the largest excess. Where the noise is spread so evenly that a
 * model learns it as uncertainty, there is no excess and nothing is called: it cannot be told from hard rows.
 */
export function excessOf(given: Given, label: 0 | 1): Excess {
  const order = mostDoubted(given, label);
  let best = noExcess(label);
  let found = 0;
  let expected = 0;
  let variance = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const p = label === 1 ? given.p[row]! : 1 - given.p[row]!;
    expected += p;
    variance += p * (1 - p);
    found += Number(given.label[row] === label);
    const next = order[at + 1];
    if (next !== undefined && given.p[next] === given.p[row]) continue;
    const z = (found - expected) / Math.sqrt(variance + 1);
    if (z < zCall || found < ratioCall * expected || found - expected <= best.called) continue;
    best = { label, called: Math.round(found - expected), found, expected, z, cut: p };
  }
  return best;
}

/** All rows outside hot slices by rising probability of `label`, ties by key. */
function mostDoubted(given: Given, label: 0 | 1): Int32Array {
  const rows = Int32Array.from(given.p, (_, row) => row).filter((row) => given.hot[row] === 0);
  const sign = label === 1 ? 1 : -1;
  return rows.sort((a, b) => sign * (given.p[a]! - given.p[b]!) || a - b);
}
