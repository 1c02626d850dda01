import type { Pair } from './candidates.js';
import type { Records } from './records.js';
import { cosine, trigramVectors } from './trigrams.js';

/**
 * How alike two rows are, in [0, 1]: the mean over columns of the cosine of their cells, each column weighted by the share of
 * different values among its filled cells, so that what names a row counts and what sorts it hardly does. An empty cell is like
 * no other. Cells are compared with cells of their column: a name that repeats its maker's takes nothing from the maker's own.
 */
export function rowSimilarity({ fields, columns }: Records): (pair: Pair) => number {
  const compared = columns.map((_, c) => cellSimilarity(fields.map((row) => row[c]!)));
  const total = compared.reduce((sum, { weight }) => sum + weight, 0);
  return (pair) => compared.reduce((sum, { weight, alike }) => sum + weight * alike(pair), 0) / total;
}

function cellSimilarity(cells: readonly string[]): {
  readonly weight: number;
  readonly alike: (pair: Pair) => number;
} {
  const values = [...new Set(cells)].filter((cell) => cell !== '');
  const at = new Map(values.map((value, i) => [value, i]));
  const of = Int32Array.from(cells, (cell) => at.get(cell) ?? -1);
  const vectors = trigramVectors(values);
  const alike = ({ low, high }: Pair): number => {
    const [a, b] = [of[low]!, of[high]!];
    if (a < 0 || b < 0) return 0;
    return a === b ? 1 : cosine(vectors[a]!, vectors[b]!);
  };
  return { weight: values.length / cells.filter((cell) => cell !== '').length, alike };
}
