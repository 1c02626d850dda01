import type { Relation } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { CellsOf } from './cells.js';
import type { CountedMark } from './counted-mark.js';
import { wordSpellings } from '../../../src/dataset/sql/shapes/cell-counts.js';
import { nullWords } from '../../../src/derived/null-words.js';

const maxSpellings = 200;

/** Null words of the text columns, one mark a column and word, most frequent spelling first. */
export async function wordMarks(
  relation: Relation,
  cells: readonly CellsOf[],
  run: Run,
): Promise<readonly CountedMark[]> {
  const marks: CountedMark[] = [];
  for (const { column, words } of cells) {
    if (words === 0) continue;
    const query = wordSpellings(relation, column, nullWords, run.engine.dialect);
    const byWord = new Map<string, { spellings: string[]; cells: number }>();
    for (const row of await run.engine.rows(query, maxSpellings, run)) {
      const known = byWord.get(String(row['word'])) ?? { spellings: [], cells: 0 };
      known.spellings.push(String(row['spelling']));
      byWord.set(String(row['word']), { ...known, cells: known.cells + Number(row['n']) });
    }
    for (const [word, { spellings, cells }] of byWord)
      marks.push({ mark: { column, kind: 'word', word, spellings }, cells });
  }
  return marks;
}
