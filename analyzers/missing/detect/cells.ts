import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { cellCounts } from '../../../src/dataset/sql/shapes/cell-counts.js';
import { nullWords } from './null-words.js';

/** What one scan says of a column. */
export interface CellsOf {
  readonly column: Column;
  readonly rows: number;
  readonly nulls: number;
  /** Cells that are a null word; 0 for numbers. */
  readonly words: number;
  /** About how many distinct values: a sketch, never reported. */
  readonly distinct: number;
  /** Extremes of the numbers; null for other types and where all cells are null. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Counts every column in one scan. */
export async function countCells(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly CellsOf[]> {
  const { engine } = run;
  const [row = {}] = await engine.rows(cellCounts(relation, columns, nullWords, engine.dialect), 1, run);
  return columns.map((column, i) => ({
    column,
    rows: Number(row['n'] ?? 0),
    nulls: Number(row[`n${i}`] ?? 0),
    words: Number(row[`w${i}`] ?? 0),
    distinct: Number(row[`d${i}`] ?? 0),
    low: numberOrNull(row[`l${i}`]),
    high: numberOrNull(row[`h${i}`]),
  }));
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
