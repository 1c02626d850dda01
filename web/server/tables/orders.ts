import type { Call, Engine, Value } from '../../../src/core/engine.js';
import {
  findingOrder,
  laidOut,
  placesOfOrder,
  storedAt,
  type FindingFilter,
  type FindingWindow,
} from '../../../src/dataset/sql/shapes/stored-findings.js';
import { recent } from '../recent.js';

/** A window of findings, and how many the filter leaves. */
export interface FindingPage {
  readonly total: number;
  readonly rows: readonly Readonly<Record<string, Value>>[];
}

/** Sorted findings that are kept at once: their places only, 8 bytes each. */
const kept = 24;

/**
 * Windows of a table of findings. A filter is counted and sorted once, into a table of the places of what it leaves; a
 * window is a part of that, so that it costs the same wherever it lies and however much is flagged.
 */
export function createOrders(
  engine: Engine,
  forever: Call,
): (table: string, filter: FindingFilter, window: FindingWindow, call: Call) => Promise<FindingPage> {
  let made = 0;
  const orders = recent<{ readonly name: string; readonly rows: number }>(kept, ({ name }) =>
    engine.drop(name, forever),
  );
  const sorted = async (table: string, filter: FindingFilter, sort: FindingWindow['sort']) => {
    const name = `order_${++made}`;
    const { rows } = await engine.write(findingOrder(table, filter, sort), { kind: 'table', name }, forever);
    return { name, rows };
  };
  return (table, filter, window, call) =>
    orders.use(
      JSON.stringify([table, window.sort, filter.defect, filter.code, filter.column]),
      () => sorted(table, filter, window.sort),
      async ({ name, rows: total }) => {
        const found = await engine.rows(placesOfOrder(name, total, window), window.limit, call);
        const places = found.map((row) => row['place'] as bigint);
        if (places.length === 0) return { total, rows: [] };
        const rows = await engine.rows(storedAt(table, places), places.length, call);
        const byPlace = new Map(rows.map((row) => [row['place'], row]));
        const inOrder = window.order === laidOut[window.sort] ? places : places.toReversed();
        return { total, rows: inOrder.map((place) => byPlace.get(place)).filter((row) => row !== undefined) };
      },
    );
}
