import type { AlteredCopy, Levels } from './levels.js';
import type { TrainingEntries } from './training-entries.js';
import { folds, scored } from './training-entries.js';

/** Places of a level in a table: one a fold, and one for scored rows. */
export const places: number = scored + 1;

/** Target means of levels, by level and place. */
export interface TargetMeans {
  /** Mean of level `l` at place `f`: entry `(l + 1) * places + f`; level -1 stands for null and unseen ones. */
  readonly values: Float64Array;
  /** Weight of the training entries that a value is used for; 0 at the place of scored rows. */
  readonly mass: Float64Array;
}

/**
 * Smoothed means of the label by level: `(S - S_f + m p) / (C - C_f + m)` for the entries of fold f, `(S + m p) / (C +
 * m)` for scored rows, with S and C the weights of positives and of all entries (Micci-Barreca 2001, A preprocessing
 * scheme for high-cardinality categorical attributes; out of fold, so that no entry sees its own label). A level without
 * entries has the base rate p, and so have null and unseen ones, whatever their labels.
 */
export function targetMeans(levels: Levels, entries: TrainingEntries, copies: readonly AlteredCopy[]): TargetMeans {
  const size = (levels.count + 1) * places;
  const mass = new Float64Array(size);
  const ones = new Float64Array(size);
  addUp(mass, ones, levels, entries, copies);
  const values = new Float64Array(size).fill(entries.rate);
  const prior = entries.smoothing * entries.unit;
  for (let at = places; at < size; at += places) {
    let count = 0;
    let sum = 0;
    for (let f = at; f < at + folds; f++) {
      count += mass[f]!;
      sum += ones[f]!;
    }
    if (count === 0) continue;
    for (let f = at; f < at + folds; f++)
      values[f] = (sum - ones[f]! + prior * entries.rate) / (count - mass[f]! + prior);
    values[at + scored] = (sum + prior * entries.rate) / (count + prior);
  }
  return { values, mass };
}

function addUp(
  mass: Float64Array,
  ones: Float64Array,
  levels: Levels,
  { overlay, fold, weight }: TrainingEntries,
  copies: readonly AlteredCopy[],
): void {
  const { rows, label } = overlay;
  const { of } = levels;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const cell = (of[row]! + 1) * places + fold[row]!;
    mass[cell]! += weight[i]!;
    if (label[i] === 1) ones[cell]! += weight[i]!;
  }
  copies.forEach(({ entry, row }, j) => {
    const from = (of[row]! + 1) * places + fold[row]!;
    const to = (levels.ofCopies[j]! + 1) * places + fold[row]!;
    const w = weight[entry]!;
    const one = label[entry] === 1 ? w : 0;
    mass[from]! -= w;
    ones[from]! -= one;
    mass[to]! += w;
    ones[to]! += one;
  });
}
