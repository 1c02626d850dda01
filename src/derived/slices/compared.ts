/** Rows and marks of a part: their sum and the sum of their squares. */
export interface Counted {
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

/** A part against all rows. */
export interface AgainstAll {
  /** Of its sum, under the variance of all. */
  readonly z: number;
  /** Its own mean with 95% limits. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** That mean over the one of the other rows. */
  readonly lift: number;
}

/** Compares a part with all rows, of which it is one. */
export function compared(own: Counted, all: Counted): AgainstAll {
  const mean = all.sum / all.rows;
  const variance = all.squares / all.rows - mean ** 2;
  const rate = own.sum / own.rows;
  const others = (all.sum - own.sum) / (all.rows - own.rows);
  const half = 1.96 * Math.sqrt(Math.max(0, own.squares / own.rows - rate ** 2) / own.rows);
  const z = variance > 0 ? (own.sum - own.rows * mean) / Math.sqrt(own.rows * variance) : 0;
  return {
    z,
    rate,
    low: Math.max(0, rate - half),
    high: rate + half,
    // Half a mark where the others have none, so that the lift is a number.
    lift: rate / (others > 0 ? others : 0.5 / (all.rows - own.rows)),
  };
}

/** Skewness of one mark; with `cubes`, the sum of third powers. 0 where all marks are equal. */
export function skewnessOf({ rows, sum, squares, cubes }: Counted & { readonly cubes: number }): number {
  const mean = sum / rows;
  const variance = squares / rows - mean ** 2;
  const third = cubes / rows - (3 * mean * squares) / rows + 2 * mean ** 3;
  return variance > 0 ? third / variance ** 1.5 : 0;
}
