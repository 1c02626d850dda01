import type { Labelled } from './plant.js';
import type { Log } from './log.js';

/** The rows of the file, in file order: by time, each copy right behind its original. */
export interface Arrangement {
  /** Row of the log behind each row of the file. */
  readonly origin: Int32Array;
  readonly kind: Uint8Array;
  /** Label as written. */
  readonly click: Uint8Array;
}

/** Values of {@link Arrangement.kind}. */
export const Kind = { original: 0, duplicate: 1, conflict: 2 } as const;

/** Puts the log in time order (ties by key) and inserts the planted copies. */
export function arrange(log: Log, labelled: Labelled): Arrangement {
  const { duplicates, conflicts } = labelled.marks;
  const order = timeOrder(log.time);
  const rows = order.length + count(duplicates) + count(conflicts);
  const out = { origin: new Int32Array(rows), kind: new Uint8Array(rows), click: new Uint8Array(rows) };
  let at = 0;
  const push = (origin: number, kind: number, click: number): void => {
    out.origin[at] = origin;
    out.kind[at] = kind;
    out.click[at] = click;
    at++;
  };
  for (const row of order) {
    const click = labelled.click[row]!;
    push(row, Kind.original, click);
    if (duplicates[row] === 1) push(row, Kind.duplicate, click);
    if (conflicts[row] === 1) push(row, Kind.conflict, 0);
  }
  return out;
}

function timeOrder(time: Float64Array): Int32Array {
  const order = Int32Array.from(time, (_, row) => row);
  return order.sort((a, b) => time[a]! - time[b]! || a - b);
}

function count(marks: Uint8Array): number {
  let sum = 0;
  for (const mark of marks) sum += mark;
  return sum;
}
