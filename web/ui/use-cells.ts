import { useEffect, useState } from 'react';
import type { FindingRows } from '../contract/findings.js';
import { rows as rowsSchema, type Cell, type DataState } from '../contract/rows.js';
import { pathTo } from './address.js';
import { ask } from './api.js';

/** A cell of the data with the name of its column. */
export type NamedCell = readonly [column: string, cell: Cell];

/** Cells of the rows in sight, by row key; `state` says where they cannot be had. */
export interface ShownCells {
  readonly state: DataState;
  readonly byRow: ReadonlyMap<string, readonly NamedCell[]>;
}

/** Windows whose cells are kept. */
const kept = 20;

/** Cells of the rows that windows of findings name, asked for once a window. */
export function useCells(id: string, pages: ReadonlyMap<number, FindingRows>): ShownCells {
  const [windows, setWindows] = useState<ReadonlyMap<number, ShownCells>>(new Map());
  useEffect(() => {
    const gone = new AbortController();
    for (const [page, { units }] of pages) {
      if (windows.has(page)) continue;
      const keys = [...new Set(units.map((unit) => unit.rowKey))];
      const path = `${pathTo('runs', id, 'rows')}?${new URLSearchParams({ keys: keys.join(',') }).toString()}`;
      ask(path, rowsSchema, { signal: gone.signal }).then(
        ({ state, columns, rows }) => {
          const cells = rows.map(
            (row) => [row.rowKey, row.cells.map((cell, c): NamedCell => [columns[c] ?? '', cell])] as const,
          );
          setWindows((known) => new Map([...[...known].slice(-kept), [page, { state, byRow: new Map(cells) }]]));
        },
        // Findings are whole without their cells; the page of a row says why there are none.
        () => undefined,
      );
    }
    return () => gone.abort();
  }, [id, pages, windows]);
  const known = [...windows.values()];
  return {
    state: known.find(({ state }) => state !== 'as-run')?.state ?? 'as-run',
    byRow: new Map(known.flatMap(({ byRow }) => [...byRow])),
  };
}
