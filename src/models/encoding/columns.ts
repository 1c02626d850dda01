import type { AlteredCopy, Levels } from './levels.js';
import type { TrainingEntries } from './training-entries.js';
import { logarithm } from '../gbdt/logarithm.js';
import { privateBins } from './private-bins.js';
import { places, targetMeans } from './target-means.js';

/** A column that only one trial has. */
export interface PrivateColumn {
  /** One bin a frame row. */
  readonly bins: Uint8Array;
  readonly binCount: number;
  /** Bin of each altered copy. */
  readonly ofCopies: Uint8Array;
}

/** The target means of one column or pair. */
export function meanColumn(levels: Levels, entries: TrainingEntries, copies: readonly AlteredCopy[]): PrivateColumn {
  const { values, mass } = targetMeans(levels, entries, copies);
  const bins = privateBins(values, mass);
  const table = bins.of(values);
  return lookUp(table, bins.count, levels, entries.fold, copies);
}

function lookUp(
  table: Uint8Array,
  binCount: number,
  { of, ofCopies }: Levels,
  fold: Uint8Array,
  copies: readonly AlteredCopy[],
): PrivateColumn {
  const bins = new Uint8Array(of.length);
  for (let row = 0; row < bins.length; row++) bins[row] = table[(of[row]! + 1) * places + fold[row]!]!;
  const copied = Uint8Array.from(copies, ({ row }, j) => table[(ofCopies[j]! + 1) * places + fold[row]!]!);
  return { bins, binCount, ofCopies: copied };
}

/**
 * The sum over columns of the log-odds of their target means, less those of the base rate: what naive Bayes adds up
 * (Hand & Yu 2001, Idiot's Bayes - not so stupid after all?).
 */
export function sumColumn(
  columns: Iterable<Levels>,
  entries: TrainingEntries,
  copies: readonly AlteredCopy[],
): PrivateColumn {
  const { fold, overlay, weight } = entries;
  const sums = new Float64Array(fold.length);
  const ofCopies = new Float64Array(copies.length);
  for (const levels of columns) {
    const table = targetMeans(levels, entries, copies).values.map((p) => logarithm(p / (1 - p)));
    const base = table[0]!;
    const { of } = levels;
    for (let row = 0; row < sums.length; row++) sums[row]! += table[(of[row]! + 1) * places + fold[row]!]! - base;
    copies.forEach(({ row }, j) => {
      ofCopies[j]! += table[(levels.ofCopies[j]! + 1) * places + fold[row]!]! - base;
    });
  }
  const mass = new Float64Array(fold.length);
  overlay.rows.forEach((row, i) => (mass[row]! += weight[i]!));
  const bins = privateBins(sums, mass);
  return { bins: bins.of(sums), binCount: bins.count, ofCopies: bins.of(ofCopies) };
}
