import type { Frame } from '../../models/frame/frame.js';

/** A column that describes users, and the training rows by its bins. */
export interface UserColumn {
  readonly name: string;
  /** Index into the columns of the frame. */
  readonly column: number;
  /** Bins that enough users share. */
  readonly bins: ReadonlySet<number>;
}

/** A group of fewer users says nothing of users like them. */
const leastUsers = 20;
/** A column describes users where at most this share of their further rows differs from their first. */
const mayDiffer = 0.01;

/**
 * The columns that describe users rather than rows: all training rows of a user hold (nearly) the same bin. Users who
 * share a bin are a user group. None where sampling units are single rows.
 */
export function userColumns(frame: Frame, rows: Int32Array): readonly UserColumn[] {
  if (frame.units === frame.rows) return [];
  return frame.columns.flatMap(({ feature }, column) => {
    const bins = sharedBins(frame, rows, column);
    return bins === null ? [] : [{ name: feature.column.name, column, bins }];
  });
}

/** Bins with enough users; null where the column does not describe users, or all users are alike. */
function sharedBins(frame: Frame, rows: Int32Array, column: number): ReadonlySet<number> | null {
  const first = new Int16Array(frame.units).fill(-1);
  const users = new Map<number, number>();
  let [further, differ] = [0, 0];
  for (const row of rows) {
    const bin = frame.bins[row * frame.stride + column]!;
    const unit = frame.unit[row]!;
    if (first[unit] === -1) {
      first[unit] = bin;
      users.set(bin, (users.get(bin) ?? 0) + 1);
      continue;
    }
    further += 1;
    if (first[unit] !== bin) differ += 1;
  }
  if (further === 0 || differ > mayDiffer * further || users.size < 2) return null;
  return new Set([...users].filter(([, n]) => n >= leastUsers).map(([bin]) => bin));
}
