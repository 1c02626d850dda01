import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { CellsOf } from './cells.js';
import type { CountedMark } from './counted-mark.js';
import { marksBySlice } from '../../../src/dataset/sql/shapes/marks-by-slice.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';

/** A value of a column among whose rows a mark is far more frequent than elsewhere. */
export interface SliceExcess {
  readonly counted: CountedMark;
  readonly slice: { readonly column: Column; readonly value: string };
  readonly rows: number;
  readonly marked: number;
  readonly elsewhere: number;
  readonly z: number;
}

const maxSlices = 12;
const maxLevels = 40;
const minRows = 20;
const minZ = 5;
const minExcess = 0.2;

/** Columns of few values, fewest first: what slices are cut by. */
export function sliceColumns(cells: readonly CellsOf[]): readonly Column[] {
  return cells
    .filter(({ column, distinct }) => distinct >= 2 && distinct <= maxLevels && isDiscrete(column))
    .toSorted((a, b) => a.distinct - b.distinct)
    .slice(0, maxSlices)
    .map(({ column }) => column);
}

function isDiscrete(column: Column): boolean {
  const kind = typeKind(column.type);
  return kind === 'text' || kind === 'integer' || kind === 'boolean';
}

/** For each mark the slice with the clearest excess (two-proportion z against all other rows), where there is one. */
export async function sliceExcesses(
  relation: Relation,
  marks: readonly CountedMark[],
  slices: readonly Column[],
  run: Run,
): Promise<readonly SliceExcess[]> {
  if (marks.length === 0 || slices.length === 0) return [];
  const query = marksBySlice(
    relation,
    marks.map((m) => m.mark),
    slices,
    run.engine.dialect,
  );
  const rows = await run.engine.rows(query, maxSlices * 2 * maxLevels * 10, run);
  return marks.flatMap((counted, i) => {
    let best: SliceExcess | null = null;
    for (const row of rows) {
      const column = slices[Number(row['slice'])];
      if (column === undefined || row['level'] === null || column.id === counted.mark.column.id) continue;
      const slice = { column, value: String(row['level']) };
      const found = excess(counted, slice, Number(row['n']), Number(row[`x${i}`]), relation.rows);
      if (found !== null && found.z > (best?.z ?? 0)) best = found;
    }
    return best === null ? [] : [best];
  });
}

function excess(
  counted: CountedMark,
  slice: SliceExcess['slice'],
  rows: number,
  marked: number,
  all: number,
): SliceExcess | null {
  const others = all - rows;
  if (rows < minRows || others < minRows) return null;
  const elsewhere = (counted.cells - marked) / others;
  const pooled = counted.cells / all;
  const z = (marked / rows - elsewhere) / Math.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / others));
  return z > minZ && marked / rows - elsewhere >= minExcess ? { counted, slice, rows, marked, elsewhere, z } : null;
}
