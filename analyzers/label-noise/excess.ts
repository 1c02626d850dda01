import type { Run } from '../../src/core/run.js';
import { excessByProbability } from '../../src/dataset/sql/shapes/doubted-rows.js';

/** Labels that the model disbelieves, counted against how many it would disbelieve if it were right. */
export interface Excess {
  readonly label: 0 | 1;
  /** Rows called: `round(found - expected)` at the cut, 0 where the excess is no more than chance. */
  readonly called: number;
  readonly found: number;
  readonly expected: number;
  readonly z: number;
}

export function noExcess(label: 0 | 1): Excess {
  return { label, called: 0, found: 0, expected: 0, z: 0 };
}

/** A cut counts where the excess is this many standard errors and labels are this many times the expected. */
const zCall = 6;
const ratioCall = 2;

/** What labels say against what probabilities say, stretch by stretch of rising probability. */
interface Stretches {
  readonly rows: number[];
  readonly positives: number[];
  readonly expected: number[];
  readonly variance: number[];
}

/** The excess of either label in `predictions`, a table `(k, p, y)`, the rows of `hot` left out: they are explained. */
export async function excessesOf(
  predictions: string,
  hot: string | null,
  run: Run,
): Promise<readonly [positive: Excess, negative: Excess]> {
  const all: Stretches = { rows: [], positives: [], expected: [], variance: [] };
  for await (const batch of run.engine.batches(excessByProbability(predictions, hot), run)) {
    const [n, y, e, v] = batch.columns.map((column) => column.values);
    for (let i = 0; i < batch.rows; i++) {
      all.rows.push(Number(n![i]));
      all.positives.push(Number(y![i]));
      all.expected.push(Number(e![i]));
      all.variance.push(Number(v![i]));
    }
  }
  return [excessOf(all, 1), excessOf(all, 0)];
}

/**
 * Redraw each label from its out-of-fold probability: among the rows whose probability of label c is lowest, c would be
 * drawn sum(p_c) times, with variance sum(p_c (1 - p_c)). Walks all cuts of that order and returns the one with the largest
 * excess. Where the noise is spread so evenly that a model learns it as uncertainty, there is no excess and nothing is
 * called: it cannot be told from hard rows.
 */
function excessOf({ rows, positives, expected: ones, variance: variances }: Stretches, label: 0 | 1): Excess {
  let best = noExcess(label);
  let [found, expected, variance] = [0, 0, 0];
  for (let step = 0; step < rows.length; step++) {
    const at = label === 1 ? step : rows.length - 1 - step;
    found += label === 1 ? positives[at]! : rows[at]! - positives[at]!;
    expected += label === 1 ? ones[at]! : rows[at]! - ones[at]!;
    variance += variances[at]!;
    const z = (found - expected) / Math.sqrt(variance + 1);
    if (z < zCall || found < ratioCall * expected || found - expected <= best.called) continue;
    best = { label, called: Math.round(found - expected), found, expected, z };
  }
  return best;
}
