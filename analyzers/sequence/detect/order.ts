import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { FileOrder } from '../../../src/dataset/sql/shapes/event-order.js';
import type { SequenceOptions } from '../options.js';
import { orderCounts } from '../../../src/dataset/sql/shapes/event-order.js';
import { round12 } from '../../../src/stats/round12.js';

/** In which order the rows of a file are. */
export interface Order {
  /** Rows of the file as a whole, or of each user, are in the order of time; null where neither is. */
  readonly kept: FileOrder | null;
  /** Share of rows earlier than the row before them, in the file as a whole. */
  readonly back: number;
  /** Rows out of place in an ordered file, and by how many seconds half of them are. */
  readonly away: number;
  readonly typical: number;
}

/** Asks of the file as a whole first, then, where it is not ordered, of each user. */
export async function orderOf(
  { train, roles }: Study,
  { mostBack, jitter }: SequenceOptions,
  run: Run,
): Promise<Order | null> {
  const { time, user } = roles;
  if (time === null) return null;
  const whole = await counted({ relation: train, time, user: null, jitter }, run);
  if (whole.rows === 0 || whole.back <= mostBack) return whole;
  const each = user === null ? null : await counted({ relation: train, time, user, jitter }, run);
  if (each !== null && each.back <= mostBack) return { ...each, back: whole.back };
  return { kept: null, back: whole.back, away: 0, typical: 0 };
}

async function counted(order: FileOrder, run: Run): Promise<Order & { readonly rows: number }> {
  const [row = {}] = await run.engine.rows(orderCounts(order, run.engine.dialect), 1, run);
  const rows = Number(row['n'] ?? 0);
  return {
    kept: order,
    rows,
    back: round12(Number(row['back'] ?? 0) / Math.max(1, rows)),
    away: Number(row['away'] ?? 0),
    typical: round12(Number(row['typical'] ?? 0)),
  };
}
