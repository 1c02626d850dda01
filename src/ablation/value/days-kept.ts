import type { Experiment } from '../experiment.js';
import type { Overlay } from '../../models/frame/frame.js';
import type { Reduction } from './reduction.js';
import type { Unsupported } from '../../core/defect.js';
import { secondsOfDay } from '../rolling/origins.js';
import { restrict } from '../sample.js';

/** Shares of the days that are kept, the most recent ones; the last step is one day. */
export const dayShares = [0.75, 0.5, 0.25, 0] as const;

/** The most recent days of the training rows (UTC), the same for each seed. */
export async function daysKept(experiment: Experiment, shares: readonly number[]): Promise<Reduction | Unsupported> {
  const { time } = experiment.frame;
  if (time === null) return { unsupported: 'No column says when a row happened.' };
  const all = await experiment.asIs.overlay(0);
  const dayOf = (row: number): number => Math.floor(time[row]! / secondsOfDay);
  const days = [...new Set(Array.from(all.rows, dayOf))].filter(Number.isFinite).sort((a, b) => b - a);
  if (days.length < 3) return { unsupported: `The training rows span ${days.length} days; at least 3 are needed.` };
  const counts = [...new Set(shares.map((share) => Math.max(1, Math.round(share * days.length))))];
  const recent = (count: number): Overlay => {
    const first = days[count - 1]!;
    const keep = new Uint8Array(experiment.frame.rows);
    for (const row of all.rows) keep[row] = dayOf(row) >= first ? 1 : 0;
    return restrict(all, keep);
  };
  return {
    of: 'days',
    total: days.length,
    steps: counts.map((count) => {
      const overlay = recent(count);
      return {
        arm: { name: `the last ${count} days`, units: all.rows.length, overlay: () => Promise.resolve(overlay) },
        kept: () => Promise.resolve({ units: count, rows: overlay.rows.length }),
      };
    }),
  };
}
