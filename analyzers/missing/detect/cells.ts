import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import {
  cellCounts,
  distinctSketch,
  wordCounts,
  wordCountsByLevel,
} from '../../../src/dataset/sql/shapes/cell-counts.js';
import { typeKind } from '../../../src/dataset/sql/type-kinds.js';
import { sampledRows } from '../../../src/derived/sampled-rows.js';
import { levelTable } from '../../../src/derived/level-table.js';
import { nullWords } from '../../../src/derived/null-words.js';

/** What one scan says of a column. */
export interface CellsOf {
  readonly column: Column;
  readonly rows: number;
  readonly nulls: number;
  /** Cells that are a null word; 0 for numbers. */
  readonly words: number;
  /** About how many distinct values the sampled rows have: a sketch, never reported. */
  readonly distinct: number;
  /** Extremes of the numbers; null for other types and where all cells are null. */
  readonly low: number | null;
  readonly high: number | null;
}

/** With more rows a value than this, a text column is read by its values rather than by its rows. */
const repeating = 2;
const manyRows = 100_000;

/** Columns asked in one query: a plan grows with what it counts, and its memory faster. */
const batch = 100;

/** Counts the columns in one scan a batch, null words in one more of the text columns, and sketches them on a sample. */
export async function countCells(
  relation: Relation,
  columns: readonly Column[],
  run: Run,
): Promise<readonly CellsOf[]> {
  const counted: CellsOf[] = [];
  for (let from = 0; from < columns.length; from += batch)
    counted.push(...(await countBatch(relation, columns.slice(from, from + batch), run)));
  return counted;
}

async function countBatch(relation: Relation, columns: readonly Column[], run: Run): Promise<readonly CellsOf[]> {
  const { engine } = run;
  const [row = {}] = await engine.rows(cellCounts(relation, columns), 1, run);
  const texts = columns.filter(({ type }) => typeKind(type) === 'text');
  const sample = await sampledRows(relation, run);
  const [sketch = {}] = await engine.rows(distinctSketch(sample, columns), 1, run);
  const distinct = new Map(columns.map(({ id }, i) => [id, Number(sketch[`d${i}`] ?? 0)]));
  const words = await countWords(relation, sample.rows, texts, distinct, run);
  return columns.map((column, i) => ({
    column,
    rows: Number(row['n'] ?? 0),
    nulls: Number(row[`n${i}`] ?? 0),
    words: words.get(column.id) ?? 0,
    distinct: distinct.get(column.id) ?? 0,
    low: numberOrNull(row[`l${i}`]),
    high: numberOrNull(row[`h${i}`]),
  }));
}

/** Cells that are a null word by column id: where values repeat and rows are many by value, else in one scan. */
async function countWords(
  relation: Relation,
  sampled: number,
  texts: readonly Column[],
  distinct: ReadonlyMap<string, number>,
  run: Run,
): Promise<ReadonlyMap<string, number>> {
  const { engine } = run;
  const repeats = ({ id }: Column): boolean =>
    relation.rows > manyRows && (distinct.get(id) ?? 0) * repeating < sampled;
  const byLevel = texts.filter(repeats);
  const byRow = texts.filter((column) => !repeats(column));
  const words = new Map<string, number>();
  if (byRow.length > 0) {
    const [row = {}] = await engine.rows(wordCounts(relation, byRow, nullWords, engine.dialect), 1, run);
    byRow.forEach(({ id }, i) => words.set(id, Number(row[`w${i}`] ?? 0)));
  }
  if (byLevel.length > 0) {
    const tables: string[] = [];
    for (const column of byLevel) tables.push(await levelTable(relation, column, run));
    const query = wordCountsByLevel(tables, nullWords, engine.dialect);
    for (const row of await engine.rows(query, byLevel.length, run))
      words.set(byLevel[Number(row['place'])]!.id, Number(row['w']));
  }
  return words;
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
