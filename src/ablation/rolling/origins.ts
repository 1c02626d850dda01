import type { Frame } from '../../models/frame/frame.js';
import { Part } from '../../core/relation.js';
import { leastPositives } from '../effect/floor.js';

export const secondsOfDay = 86_400;

/** A day (since 1970, UTC) of training rows that can be scored by a model of the days before it. */
export interface Origin {
  readonly day: number;
  /** Training rows before it. */
  readonly before: number;
}

/** Days that are scored at most. */
const mostOrigins = 7;

/** Share of the training rows that must lie before the first of them. */
const leastBefore = 0.3;

/**
 * The most recent days of the training rows to roll over, ascending: each holds enough positives and negatives for an
 * interval, and enough of the rows lie before it. Empty without a time.
 */
export function originsOf({ time, part, label }: Pick<Frame, 'time' | 'part' | 'label'>): readonly Origin[] {
  if (time === null) return [];
  const days = new Map<number, [negatives: number, positives: number]>();
  let all = 0;
  time.forEach((seconds, row) => {
    if ((part[row] !== Part.train && part[row] !== Part.tuning) || !Number.isFinite(seconds)) return;
    const day = Math.floor(seconds / secondsOfDay);
    const counts = days.get(day) ?? [0, 0];
    counts[label[row] === 1 ? 1 : 0]++;
    days.set(day, counts);
    all++;
  });
  let before = 0;
  const origins: Origin[] = [];
  for (const [day, counts] of [...days].sort((a, b) => a[0] - b[0])) {
    if (before >= leastBefore * all && Math.min(...counts) >= leastPositives) origins.push({ day, before });
    before += counts[0] + counts[1];
  }
  return origins.slice(-mostOrigins);
}
