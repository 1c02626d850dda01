import type { Run } from '../../../src/core/run.js';
import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import type { Trainer, Trial } from '../../../src/models/trainer.js';
import type { ConceptDriftOptions } from '../options.js';
import type { Periods } from './periods.js';
import { mean, sampleVariance } from 'simple-statistics';
import { smoothParameters } from '../../../src/derived/smooth-parameters.js';
import { tellingColumns } from '../../../src/derived/telling-columns.js';
import { rootRandom } from '../../../src/models/root-random.js';
import { aucInfluence } from '../../../src/stats/auc.js';
import { clusterVariance, renumberUnits, sumByUnit } from '../../../src/stats/cluster.js';
import { halves, restricted, someOf } from './halves.js';

/** AUC on late rows of a model that learned from both periods, less that of one that learned from early rows alone. */
export interface Gain {
  readonly gain: number;
  readonly se: number;
}

/** Late rows that a model learns from at most, and as many early ones; and rows that are scored at most. */
const mostLate = 30_000;
const mostScored = 100_000;

/**
 * Late rows are divided into halves by user. One half joins as many early rows, the other is scored; the model it is
 * compared with learned from as many rows, all early. Then the halves change places. The variance is that of the scored users and that
 * between divisions.
 */
export async function gainOfLate(
  trainer: Trainer,
  base: Overlay,
  { early, late }: Periods,
  { repeats }: ConceptDriftOptions,
  run: Run,
): Promise<Gain | null> {
  const { frame } = trainer;
  const root = rootRandom(run).fork('concept-drift');
  const trials: Trial[] = [];
  const scored: Int32Array[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const random = root.fork(String(repeat));
    const [a, b] = halves(frame, base, late, random.fork('halves'));
    for (const [fold, learned, held] of [
      [0, a, b],
      [1, b, a],
    ] as const) {
      const own = random.fork(String(fold));
      const from = someOf(frame, base, learned, mostLate, own.fork('late'));
      const pool = someOf(frame, base, early, 2 * from.length, own.fork('early'));
      const half = someOf(frame, base, pool, pool.length - from.length, own.fork('mixed'));
      const asked = someOf(frame, base, held, mostScored, own.fork('scored'));
      if (pool.length < 2 * from.length || !hasBoth(base, asked) || !hasBoth(base, pool)) return null;
      const score = asked.map((i) => base.rows[i]!);
      const mixed = Int32Array.from([...half, ...from]).sort();
      for (const rows of [pool, mixed]) {
        const overlay = tellingColumns(frame, restricted(base, rows));
        trials.push({ overlay, parameters: smoothParameters, seed: repeat, score });
      }
      scored.push(asked);
    }
  }
  const results = await trainer.train(trials);
  const gains = scored.map((rows, i) =>
    difference(frame, base, rows, results[2 * i]!.scores, results[2 * i + 1]!.scores),
  );
  return combined(gains, repeats);
}

interface Difference {
  readonly value: number;
  readonly variance: number;
}

function difference(
  frame: Frame,
  base: Overlay,
  rows: Int32Array,
  before: Float64Array,
  after: Float64Array,
): Difference {
  const label = Uint8Array.from(rows, (i) => base.label[i]!);
  const [a, b] = [aucInfluence(before, label), aucInfluence(after, label)];
  const { unit, units } = renumberUnits(rows.map((i) => frame.unit[base.rows[i]!]!));
  const influence = b.influence.map((v, i) => v - a.influence[i]!);
  return { value: b.value - a.value, variance: clusterVariance(sumByUnit(influence, unit, units)).variance };
}

/** Two halves of a division are different users; divisions share their users, so their variance is not divided by their number. */
function combined(gains: readonly Difference[], repeats: number): Gain {
  const divisions = Array.from({ length: repeats }, (_, r) => {
    const [a, b] = [gains[2 * r]!, gains[2 * r + 1]!];
    return { value: (a.value + b.value) / 2, variance: (a.variance + b.variance) / 4 };
  });
  const values = divisions.map((d) => d.value);
  const training = repeats > 1 ? sampleVariance(values) / repeats : 0;
  return { gain: mean(values), se: Math.sqrt(mean(divisions.map((d) => d.variance)) + training) };
}

function hasBoth(base: Overlay, places: Int32Array): boolean {
  return places.some((i) => base.label[i] === 1) && places.some((i) => base.label[i] === 0);
}
