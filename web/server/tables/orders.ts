import type { Call, Engine, Value } from '../../../src/core/engine.js';
import {
  findingOrder,
  findingRanges,
  laidOut,
  mostRanges,
  placesOfOrder,
  storedAt,
  type FindingFilter,
  type FindingRange,
  type FindingTables,
  type FindingWindow,
} from '../../../src/dataset/sql/shapes/stored-findings.js';
import { recent } from '../recent.js';

/** A window of findings, and how many the filter leaves. */
export interface FindingPage {
  readonly total: number;
  readonly rows: readonly Readonly<Record<string, Value>>[];
}

/** Windows of tables of findings. */
export interface Orders {
  page(tables: FindingTables, filter: FindingFilter, window: FindingWindow, call: Call): Promise<FindingPage>;
  /** Sorts a table in every way there is, one after the other, so that no window waits for it. */
  layOut(tables: FindingTables): Promise<void>;
}

/** Sorted tables that are kept at once: a place and the number of a group, 12 bytes a finding. */
const kept = 8;

/**
 * A table of findings is sorted once in each way, filters and all: a filter names groups, and a window is a part of what
 * the sorted table holds of them. So a window costs about the same wherever it lies and whatever is asked for.
 */
export function createOrders(engine: Engine, forever: Call): Orders {
  let made = 0;
  const orders = recent<string>(kept, (name) => engine.drop(name, forever));
  const sorted = async (tables: FindingTables, sort: FindingWindow['sort']): Promise<string> => {
    const name = `order_${++made}`;
    await engine.write(findingOrder(tables, sort), { kind: 'table', name }, forever);
    return name;
  };
  const use = <R>(tables: FindingTables, sort: FindingWindow['sort'], work: (order: string) => R | Promise<R>) =>
    orders.use(`${tables.rows} ${sort}`, () => sorted(tables, sort), work);
  return {
    layOut: async (tables) => {
      for (const sort of ['score', 'row'] as const) await use(tables, sort, () => undefined);
    },
    page: (tables, filter, window, call) =>
      use(tables, window.sort, async (order) => {
        const ranges = await rangesOf(engine, tables, filter, call);
        const total = ranges.reduce((sum, { n }) => sum + n, 0);
        if (window.offset >= total) return { total, rows: [] };
        const found = await engine.rows(placesOfOrder(order, ranges, window), window.limit, call);
        const places = found.map((row) => row['place'] as bigint);
        const rows = await engine.rows(storedAt(tables, places), places.length, call);
        const byPlace = new Map(rows.map((row) => [row['place'], row]));
        const inOrder = window.order === laidOut[window.sort] ? places : places.toReversed();
        return { total, rows: inOrder.map((place) => byPlace.get(place)).filter((row) => row !== undefined) };
      }),
  };
}

async function rangesOf(
  engine: Engine,
  tables: FindingTables,
  filter: FindingFilter,
  call: Call,
): Promise<readonly FindingRange[]> {
  const found = await engine.rows(findingRanges(tables, filter), mostRanges, call);
  return found.map((row) => ({ first: Number(row['first']), last: Number(row['last']), n: Number(row['n']) }));
}
