import type { Experiment } from '../experiment.js';
import type { Overlay } from '../../models/frame/frame.js';
import type { Random } from '../../core/random.js';
import type { Reduction } from './reduction.js';
import { restrict, sampleUnits } from '../sample.js';

/** Shares of the training rows that are kept. */
export const rowShares = [0.9, 0.75, 0.5, 0.25, 0.1] as const;

/** Whole users at random: nested samples, another draw for each seed. */
export async function rowsKept(experiment: Experiment, shares: readonly number[], random: Random): Promise<Reduction> {
  const { frame, asIs } = experiment;
  const all = await asIs.overlay(0);
  const sampled = (share: number, seed: number): Overlay => {
    const keep = sampleUnits(frame, all.rows, share * all.rows.length, random.fork(`seed-${seed}`));
    return restrict(all, keep);
  };
  return {
    of: 'rows',
    total: all.rows.length,
    steps: shares.map((share) => ({
      arm: {
        name: `${share} of the rows`,
        units: all.rows.length,
        overlay: (seed) => Promise.resolve(sampled(share, seed)),
      },
      kept: (seed) => {
        const { length } = sampled(share, seed).rows;
        return Promise.resolve({ units: length, rows: length });
      },
    })),
  };
}
