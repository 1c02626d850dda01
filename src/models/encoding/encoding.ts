import type { Frame } from '../frame/frame.js';

/** How categorical columns reach a model; `rank` is bins by frequency alone, the others add columns to it. */
export const encodingNames = ['rank', 'te', 'te-sum', 'te-pair'] as const;
export type EncodingName = (typeof encodingNames)[number];

/**
 * Label encodings of a trial: private columns beside the frame's own, made anew from the labels and rows of each trial.
 * There is no choice of folds: an encoding that reads a row's own label cannot be asked for.
 */
export interface Encoding {
  readonly name: Exclude<EncodingName, 'rank'>;
  /** Seed of the folds, one for all trials of an experiment. */
  readonly seed: number;
  /** Frame columns with a target mean each. */
  readonly single: readonly number[];
  /** Frame columns whose target means are added up, as log-odds, in one column; empty for none. */
  readonly sum: readonly number[];
  /** Pairs of frame columns with a target mean each. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** Columns that are paired with each other: those with the most levels, so that there are at most ten pairs. */
const paired = 5;

/**
 * What `name` means on a frame, or null where it comes to ranks alone: `te` takes the categorical columns with more
 * levels than bins, `te-sum` adds one score over all categorical columns, `te-pair` the pairs of the five with the most
 * levels. Depends on the frame only, so that it is the same for every arm.
 */
export function planEncoding(
  frame: Pick<Frame, 'columns' | 'codes'>,
  name: EncodingName,
  seed: number,
): Encoding | null {
  if (name === 'rank') return null;
  const single = [...frame.codes.keys()].sort((a, b) => a - b);
  const categorical = [...frame.columns.keys()].filter((c) => frame.columns[c]!.feature.kind === 'categorical');
  const sum = name === 'te-sum' ? categorical : [];
  const pairs = name === 'te-pair' ? pairsOf(frame, categorical) : [];
  if (single.length + sum.length + pairs.length === 0) return null;
  return { name: sum.length + pairs.length === 0 ? 'te' : name, seed, single, sum, pairs };
}

function pairsOf(frame: Pick<Frame, 'columns' | 'codes'>, categorical: readonly number[]): Encoding['pairs'] {
  const levels = (c: number): number => frame.codes.get(c)?.levels ?? frame.columns[c]!.binCount;
  const most = categorical.toSorted((a, b) => levels(b) - levels(a) || a - b).slice(0, paired);
  const ordered = most.sort((a, b) => a - b);
  return ordered.flatMap((a, i) => ordered.slice(i + 1).map((b): readonly [number, number] => [a, b]));
}
