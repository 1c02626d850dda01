import type { Column, Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Levels } from './level.js';
import { textLevels } from '../../../src/dataset/sql/shapes/text-levels.js';
import { nullWords } from '../../../src/derived/null-words.js';

/** A column of more values is free text and is left out. */
const mostLevels = 50_000;
const words = new Set(nullWords);

/** A column by its values; null where it has too many. Words that stand for null are what `missing` reports. */
export async function levelsOf(relation: Relation, column: Column, run: Run): Promise<Levels | null> {
  const rows = await run.engine.rows(textLevels(relation, column, mostLevels + 1), mostLevels + 1, run);
  if (rows.length > mostLevels) return null;
  const levels = rows
    .map((row) => ({ value: String(row['value']), rows: Number(row['n']) }))
    .filter(({ value }) => !words.has(value.trim().toLowerCase()));
  return { column, levels, cells: levels.reduce((sum, level) => sum + level.rows, 0) };
}
