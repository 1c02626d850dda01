import type { Value } from '../../../src/core/engine.js';
import type { Column } from '../../../src/core/relation.js';
import { cellsBetween, cellsOfRows } from '../../../src/dataset/sql/shapes/cells-of-rows.js';
import type { Masking } from '../../../src/audit/masking.js';
import { maxColumns, type Rows, type RowsQuery } from '../../contract/rows.js';
import type { Services } from '../services.js';
import { maskingOfReport } from './personal.js';
import { withFindings } from './finding-rows.js';
import type { RunData } from './tables.js';

/** Cells of rows of the data behind a run, flagged ones at once and others by a look through the data, up to {@link maxColumns} columns from the one asked for. */
export async function cellsOf(services: Services, id: string, query: RowsQuery, signal: AbortSignal): Promise<Rows> {
  return withData(services, id, async (data) => {
    if (data.state !== 'as-run') return none(data.state);
    const { relation, flagged } = data;
    const columns = relation.columns.slice(query.from, query.from + maxColumns);
    const keys = query.keys.map(BigInt);
    const { engine, call } = services.tables;
    const found = await engine.rows(cellsOfRows({ name: flagged }, columns, keys), keys.length, call(signal));
    const byKey = new Map(found.map((row) => [String(row['k']), row]));
    const others = keys.filter((key) => !byKey.has(String(key)));
    if (others.length > 0) {
      const rest = await engine.rows(cellsOfRows(relation, columns, others), others.length, call(signal));
      for (const row of rest) byKey.set(String(row['k']), row);
    }
    const rows = query.keys.map((key) => byKey.get(key)).filter((row) => row !== undefined);
    return answer(relation.columns.length, columns, rows, await maskingIn(services, id));
  });
}

async function maskingIn(services: Services, id: string): Promise<Masking> {
  return maskingOfReport((await services.runs.read(id)).report);
}

/** Rows shown on each side of one. */
const beside = 3n;

/** The cells of a row, flagged or not, and of those before and after it. */
export async function cellsAround(services: Services, id: string, key: bigint, signal: AbortSignal): Promise<Rows> {
  return withData(services, id, async (data) => {
    if (data.state !== 'as-run') return none(data.state);
    const { relation } = data;
    const columns = relation.columns.slice(0, maxColumns);
    const from = key > beside ? key - beside : 0n;
    const { engine, call } = services.tables;
    const rows = await engine.rows(cellsBetween(relation, columns, from, key + beside), 7, call(signal));
    return answer(relation.columns.length, columns, rows, await maskingIn(services, id));
  });
}

async function withData(services: Services, id: string, work: (data: RunData) => Promise<Rows>): Promise<Rows> {
  const { run } = await services.runs.read(id);
  return withFindings(services, id, (found) =>
    found === null ? work({ state: 'absent' }) : services.tables.data(run, found, work),
  );
}

function none(state: 'changed' | 'absent'): Rows {
  return { state, columnCount: 0, columns: [], rows: [] };
}

function answer(
  columnCount: number,
  columns: readonly Column[],
  rows: readonly Record<string, Value>[],
  masking: Masking,
): Rows {
  return {
    state: 'as-run',
    columnCount,
    columns: columns.map((c) => c.name),
    rows: rows.map((row) => ({
      rowKey: String(row['k']),
      cells: columns.map(({ id, name }) => (row[id] == null ? null : masking.cell(name, String(row[id])))),
    })),
  };
}
