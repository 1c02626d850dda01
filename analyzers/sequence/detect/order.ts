import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { FileOrder } from '../../../src/dataset/sql/shapes/event-order.js';
import type { SequenceOptions } from '../options.js';
import { backCounts, orderCounts } from '../../../src/dataset/sql/shapes/event-order.js';
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

/** Asks of the file as a whole first, then, where it is not ordered, of each user. Rows out of place are looked for only where a row goes back. */
export async function orderOf(
  { train, roles }: Study,
  { mostBack, jitter }: SequenceOptions,
  run: Run,
): Promise<Order | null> {
  const { time, user } = roles;
  if (time === null) return null;
  const whole: FileOrder = { relation: train, time, user: null, jitter };
  const back = await backIn(whole, run);
  if (back <= mostBack) return { kept: whole, back, ...(await awayIn(whole, back, run)) };
  const each: FileOrder = { ...whole, user };
  const backOfEach = user === null ? 1 : await backIn(each, run);
  if (backOfEach <= mostBack) return { kept: each, back, ...(await awayIn(each, backOfEach, run)) };
  return { kept: null, back, away: 0, typical: 0 };
}

async function backIn(order: FileOrder, run: Run): Promise<number> {
  const [row = {}] = await run.engine.rows(backCounts(order), 1, run);
  return round12(Number(row['back'] ?? 0) / Math.max(1, Number(row['n'] ?? 0)));
}

async function awayIn(order: FileOrder, back: number, run: Run): Promise<Pick<Order, 'away' | 'typical'>> {
  if (back === 0) return { away: 0, typical: 0 };
  const [row = {}] = await run.engine.rows(orderCounts(order, run.engine.dialect), 1, run);
  return { away: Number(row['away'] ?? 0), typical: round12(Number(row['typical'] ?? 0)) };
}
