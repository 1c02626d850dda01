import type { Frame, Overlay } from '../../models/frame/frame.js';

/** Shares of the training rows that no step may remove, each in (0, 1]. */
export interface Protection {
  /** Of the positives. */
  readonly positives: number;
  /** Of the rows of a day, where there is time. */
  readonly day: number;
}

export const defaultProtection: Protection = { positives: 0.2, day: 0.2 };

/** Days with fewer rows than this are not looked at: a share of a handful says nothing. */
const leastDayRows = 100;
const secondsOfDay = 86_400;

/** Why a step is held back although it may pay; null where it removes little. */
export function heldBack(frame: Frame, base: Overlay, overlay: Overlay, protection: Protection): string | null {
  const left = new Uint8Array(frame.rows);
  for (const row of overlay.rows) left[row] = 1;
  const positives = tally(base.rows, left, (row) => (frame.label[row] === 1 ? 0 : null));
  const share = worst(positives, 1);
  if (share > protection.positives) {
    return `It removes ${percent(share)} of the positives; a step may remove ${percent(protection.positives)}.`;
  }
  const { time } = frame;
  if (time === null) return null;
  const days = tally(base.rows, left, (row) =>
    Number.isFinite(time[row]) ? Math.floor(time[row]! / secondsOfDay) : null,
  );
  const day = worst(days, leastDayRows);
  if (day <= protection.day) return null;
  return `It removes ${percent(day)} of the rows of a day; a step may remove ${percent(protection.day)}.`;
}

type Tally = ReadonlyMap<number, { all: number; gone: number }>;

/** Rows and removed rows of each group; rows without a group are not counted. */
function tally(rows: Int32Array, left: Uint8Array, groupOf: (row: number) => number | null): Tally {
  const groups = new Map<number, { all: number; gone: number }>();
  for (const row of rows) {
    const group = groupOf(row);
    if (group === null) continue;
    const count = groups.get(group) ?? { all: 0, gone: 0 };
    groups.set(group, count);
    count.all += 1;
    if (left[row] === 0) count.gone += 1;
  }
  return groups;
}

function worst(groups: Tally, leastRows: number): number {
  let share = 0;
  for (const { all, gone } of groups.values()) if (all >= leastRows) share = Math.max(share, gone / all);
  return share;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
}
