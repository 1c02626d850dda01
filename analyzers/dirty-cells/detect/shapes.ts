import type { Levels, MarkedLevel } from './level.js';
import { textShape } from '../../../src/derived/text-shape.js';

/** A digit or sign: without one a shape is that of words, and words take any form. */
const codeLike = /[^\p{L}\s]/u;

/** Where odd shapes take more of the cells, cells have no one form. */
const mostOdd = 0.05;

/**
 * Values whose shape is that of less than `odd` of the cells, in a column of which one shape, that of a code, makes up more
 * than half of the cells and of the values; none where they are a twentieth of the cells: names of people have no one form.
 */
export function oddShapes({ column, levels, cells }: Levels, odd: number): readonly MarkedLevel[] {
  const shapes = levels.map(({ value }) => textShape(value));
  const held = new Map<string, { rows: number; levels: number }>();
  levels.forEach(({ rows }, i) => {
    const known = held.get(shapes[i]!) ?? { rows: 0, levels: 0 };
    held.set(shapes[i]!, { rows: known.rows + rows, levels: known.levels + 1 });
  });
  const isUsual = [...held].some(
    ([shape, h]) => codeLike.test(shape) && h.rows > cells / 2 && h.levels > levels.length / 2,
  );
  if (!isUsual) return [];
  const marked = levels.flatMap((level, i): MarkedLevel[] => {
    const share = held.get(shapes[i]!)!.rows / cells;
    return share >= odd ? [] : [{ column, level, code: 'dirty-cells.shape', score: 1 - share, suggestion: null }];
  });
  return marked.reduce((sum, { level }) => sum + level.rows, 0) > mostOdd * cells ? [] : marked;
}
