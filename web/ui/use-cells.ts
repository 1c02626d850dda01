import { useEffect, useState } from 'react';
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

/** Cells of the rows whose keys each window names, asked for once a window; a new map asks for what is new in it. */
export function useCells(id: string, asked: ReadonlyMap<number, readonly string[]>): ShownCells {
  const [windows, setWindows] = useState<ReadonlyMap<number, ShownCells>>(new Map());
  useEffect(() => {
    const gone = new AbortController();
    for (const [page, rowKeys] of asked) {
      if (rowKeys.length === 0 || windows.has(page)) continue;
      const keys = [...new Set(rowKeys)];
      const path = `${pathTo('runs', id, 'rows')}?${new URLSearchParams({ keys: keys.join(',') }).toString()}`;
      ask(path, rowsSchema, { signal: gone.signal }).then(
        ({ state, columns, rows }) => {
          const cells = rows.map(
            (row) => [row.rowKey, row.cells.map((cell, c): NamedCell => [columns[c] ?? '', cell])] as const,
          );
          setWindows((known) => new Map([...[...known].slice(-kept), [page, { state, byRow: new Map(cells) }]]));
        },
        // What is shown is whole without the cells; the page of a row says why there are none.
        () => undefined,
      );
    }
    return () => gone.abort();
  }, [id, asked, windows]);
  const known = [...windows.values()];
  return {
    state: known.find(({ state }) => state !== 'as-run')?.state ?? 'as-run',
    byRow: new Map(known.flatMap(({ byRow }) => [...byRow])),
  };
}
