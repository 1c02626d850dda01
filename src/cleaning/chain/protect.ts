import type { Frame, Overlay } from '../../models/frame/frame.js';
import { userColumns } from './user-groups.js';

/** Shares of the training rows that no step may remove, each in (0, 1]. */
export interface Protection {
  /** Of the positives; one that is relabelled is removed, too. */
  readonly positives: number;
  /** Of the rows of a user group: users alike in a column that describes users. */
  readonly userGroup: number;
  /** Of the rows of a day, where there is time. */
  readonly day: number;
}

export const defaultProtection: Protection = { positives: 0.2, userGroup: 0.2, day: 0.2 };

/** Groups and days with fewer rows than this are not looked at: a share of a handful says nothing. */
const leastRows = 100;
const secondsOfDay = 86_400;

/** Why a step is held back although it may pay; null where it removes little. */
export function heldBack(frame: Frame, base: Overlay, overlay: Overlay, protection: Protection): string | null {
  const left = new Uint8Array(frame.rows);
  for (const row of overlay.rows) left[row] = 1;
  return (
    ofPositives(frame, base, overlay, protection.positives) ??
    ofDays(frame, base, left, protection.day) ??
    ofUserGroups(frame, base, left, protection.userGroup)
  );
}

function ofPositives(frame: Frame, base: Overlay, overlay: Overlay, most: number): string | null {
  const positive = new Uint8Array(frame.rows);
  overlay.rows.forEach((row, i) => {
    if (overlay.label[i] === 1) positive[row] = 1;
  });
  const share = worst(
    tally(base.rows, positive, (row) => (frame.label[row] === 1 ? 0 : null)),
    1,
  );
  return share > most ? sentence(share, 'the positives', most) : null;
}

function ofDays({ time }: Frame, base: Overlay, left: Uint8Array, most: number): string | null {
  if (time === null) return null;
  const days = tally(base.rows, left, (row) =>
    Number.isFinite(time[row]) ? Math.floor(time[row]! / secondsOfDay) : null,
  );
  const share = worst(days, leastRows);
  return share > most ? sentence(share, 'the rows of a day', most) : null;
}

function ofUserGroups(frame: Frame, base: Overlay, left: Uint8Array, most: number): string | null {
  if (base.rows.every((row) => left[row] === 1)) return null;
  for (const { name, column, bins } of userColumns(frame, base.rows)) {
    const groups = tally(base.rows, left, (row) => {
      const bin = frame.bins[row * frame.stride + column]!;
      return bins.has(bin) ? bin : null;
    });
    const share = worst(groups, leastRows);
    if (share > most) return sentence(share, `the rows of a group of users, alike in ${name}`, most);
  }
  return null;
}

function sentence(share: number, what: string, most: number): string {
  return `It removes ${percent(share)} of ${what}; a step may remove ${percent(most)}.`;
}

type Tally = ReadonlyMap<number, { all: number; gone: number }>;

/** Rows of each group, and those without a mark in `left`; rows without a group are not counted. */
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

function worst(groups: Tally, least: number): number {
  let share = 0;
  for (const { all, gone } of groups.values()) if (all >= least) share = Math.max(share, gone / all);
  return share;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
}
