import type { Random } from '../../../src/core/random.js';
import type { Pair } from './candidates.js';
import type { Records } from './records.js';
import { drawnOrder } from '../../../src/stats/drawn-order.js';
import { candidatePairs } from './candidates.js';
import { rowSimilarity } from './row-similarity.js';

/** Of some pairs those of a mean cosine of `nearCosine` or more. */
export function alikePairs(records: Records, pairs: readonly Pair[], nearCosine: number): readonly Pair[] {
  const alike = rowSimilarity(records);
  return pairs.filter((pair) => alike(pair) >= nearCosine);
}

/** How many pairs are as alike by chance: those of the same cells with each column in an order of its own. */
export function alikeByChance(records: Records, nearCosine: number, random: Random): number {
  const shuffled = shuffledColumns(records, random);
  return alikePairs(shuffled, candidatePairs(shuffled), nearCosine).length;
}

function shuffledColumns({ fields, columns }: Records, random: Random): Records {
  const rows = Int32Array.from(fields.keys());
  const orders = columns.map((_, c) => drawnOrder(rows, random.fork(String(c))));
  return { columns, fields: fields.map((_, row) => orders.map((order, c) => fields[order[row]!]![c]!)) };
}
