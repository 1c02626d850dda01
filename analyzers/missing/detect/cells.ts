import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import { cellCounts, wordCounts } from '../../../src/dataset/sql/shapes/cell-counts.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';
import { nullWords } from '../../../src/derived/null-words.js';

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

/** With more rows a value than this, a text column is read by its values rather than by its rows. */
const repeating = 4;

/** Counts every column in one scan, and null words in one more of the text columns. */
export async function countCells(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly CellsOf[]> {
  const { engine } = run;
  const [row = {}] = await engine.rows(cellCounts(relation, columns), 1, run);
  const texts = columns.flatMap((column, i) => {
    const repeats = Number(row[`d${i}`] ?? 0) * repeating < relation.rows;
    return typeKind(column.type) === 'text' ? [{ column, repeats }] : [];
  });
  const [counts = {}] =
    texts.length === 0 ? [] : await engine.rows(wordCounts(relation, texts, nullWords, engine.dialect), 1, run);
  const words = new Map(texts.map(({ column }, i) => [column.id, Number(counts[`w${i}`] ?? 0)]));
  return columns.map((column, i) => ({
    column,
    rows: Number(row['n'] ?? 0),
    nulls: Number(row[`n${i}`] ?? 0),
    words: words.get(column.id) ?? 0,
    distinct: Number(row[`d${i}`] ?? 0),
    low: numberOrNull(row[`l${i}`]),
    high: numberOrNull(row[`h${i}`]),
  }));
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
