import type { Experiment } from '../experiment.js';
import type { Overlay } from '../../models/frame/frame.js';
import type { Random } from '../../core/random.js';
import type { Reduction } from './reduction.js';
import type { Unsupported } from '../../core/defect.js';

/** Shares of the negatives that are kept. */
export const negativeShares = [0.75, 0.5, 0.25, 0.1] as const;

/**
 * Negatives at random, each kept one weighing as many as it stands for, so that the base rate stays (as He et al. 2014
 * downsample, with the weights restored). Draws are keyed by row and nest; another draw for each seed.
 */
export async function negativesKept(
  experiment: Experiment,
  shares: readonly number[],
  random: Random,
): Promise<Reduction | Unsupported> {
  const { frame, asIs } = experiment;
  const all = await asIs.overlay(0);
  const positives = all.label.reduce((sum, y) => sum + y, 0);
  const total = all.label.length - positives;
  if (total <= positives) return { unsupported: 'Negatives are not the larger class, so nothing would be gained.' };
  const sampled = (share: number, seed: number): Overlay => {
    const draws = new Float64Array(frame.rows);
    random.fork(`seed-${seed}`).fill(frame.keys, draws);
    return downsample(all, share, draws);
  };
  return {
    of: 'negatives',
    total,
    steps: shares.map((share) => ({
      arm: {
        name: `${share} of the negatives`,
        units: total,
        overlay: (seed) => Promise.resolve(sampled(share, seed)),
      },
      kept: (seed) => {
        const { length } = sampled(share, seed).rows;
        return Promise.resolve({ units: length - positives, rows: length });
      },
    })),
  };
}

/** Keeps negatives whose draw (by frame row, in [0, 1)) is below the share, and weighs them by its inverse. */
export function downsample(all: Overlay, share: number, draws: Float64Array): Overlay {
  const kept: number[] = [];
  all.rows.forEach((row, i) => {
    if (all.label[i] === 1 || draws[row]! < share) kept.push(i);
  });
  const weightOf = (i: number): number => (all.weight?.[i] ?? 1) / (all.label[i] === 1 ? 1 : share);
  return {
    ...all,
    rows: Int32Array.from(kept, (i) => all.rows[i]!),
    label: Uint8Array.from(kept, (i) => all.label[i]!),
    weight: Float32Array.from(kept, weightOf),
  };
}
