import type { Layout } from './layout.js';

/** Bytes of the histograms kept at a time, unless two take more: a parent's becomes one child's beside the other's. */
const budget = 256 * 2 ** 20;

/** How many histograms a model of so many leaves keeps: one a leaf where they fit into the budget, and at least two. */
export function histogramSlots(layout: Layout, leaves: number, bytes: number = budget): number {
  return Math.max(2, Math.min(leaves, Math.floor(bytes / (8 * layout.size))));
}

/** A leaf that can still be split and holds a histogram for that. */
export interface Holder {
  slot: number | null;
}

/** Hands out the slots of a tree's histograms. */
export interface Slots {
  /**
   * A free slot for `holder`; where there is none, that of the first of `losers`. A leaf that lost its histogram still
   * knows its split; the sums of its children are then built from their rows, to the same values.
   */
  take(holder: Holder, losers: () => readonly Holder[]): number;
  give(holder: Holder): void;
}

/** All of `count` slots free. */
export function createSlots(count: number): Slots {
  const free = Array.from({ length: count }, (_, slot) => count - 1 - slot);
  const give = (holder: Holder): void => {
    if (holder.slot !== null) free.push(holder.slot);
    holder.slot = null;
  };
  return {
    take: (holder, losers) => {
      if (free.length === 0) give(losers().find(({ slot }) => slot !== null)!);
      holder.slot = free.pop()!;
      return holder.slot;
    },
    give,
  };
}
