import type { Column } from '../../core/relation.js';
import type { Cut } from '../../dataset/sql/shapes/bin-counts.js';

/** Rows of a column by bin on both sides; a bin of nulls and one of unseen values are among them. */
export interface Histogram {
  readonly column: Column;
  /** Edges of a column of numbers; null where values are compared one by one. */
  readonly cut: Cut | null;
  readonly bins: readonly Bin[];
}

export interface Bin {
  readonly kind: 'range' | 'level' | 'rare' | 'unseen' | 'null';
  /** For reading: `12.5 to 17`, a value, `other values`. */
  readonly label: string;
  /** Of `unseen`: rows that are the only one of their value, which the other reference rows have not seen. */
  readonly reference: number;
  readonly current: number;
}

/** What a range of numbers is called; `bin` counts the edges below it. */
export function rangeLabel(edges: readonly number[], bin: number): string {
  const [low, high] = [edges[bin - 1], edges[bin]];
  if (low === undefined) return high === undefined ? 'all' : `up to ${short(high)}`;
  return high === undefined ? `above ${short(low)}` : `${short(low)} to ${short(high)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
