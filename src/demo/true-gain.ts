import type { Effect } from '../core/effect.js';
import type { Repair } from '../core/defect.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { Demo } from '../../reports/model.js';
import { createExperiment, type ExperimentSize } from '../ablation/experiment.js';
import { seedList } from '../ablation/seeds.js';
import { buildFrame } from '../models/frame/build.js';
import { createTrainer } from '../models/pool/trainer.js';

/** A repair whose gain was measured on the log's own evaluation rows. */
export interface MeasuredGain {
  readonly effect: Effect;
  readonly repair: Repair;
}

/** Seeds of the true gain are none of those that measured it, so it is the gain for any seed. */
const firstSeed = 1000;
const seeds = 2;

/**
 * The true gain of each measured repair: models of the same training rows and settings, with fresh seeds, scored on a
 * large fresh sample of the same generator. Its standard error covers users and seeds. `fresh` is the study with that
 * sample for its evaluation rows; `run` has the random path of the measurement, so that the same rows are trained on.
 */
export async function trueGains(
  fresh: Study,
  gains: readonly MeasuredGain[],
  size: ExperimentSize,
  run: Run,
): Promise<Demo['gains']> {
  if (gains.length === 0) return [];
  const trainer = await createTrainer(await buildFrame(fresh, run), run);
  const experiment = createExperiment(fresh, trainer, { ...size, rows: { ...size.rows, evaluation: null } }, run);
  const drawn = seedList(seeds, firstSeed);
  await experiment.train([experiment.asIs], drawn);
  const found: Demo['gains'][number][] = [];
  for (const { effect, repair } of gains) {
    const arm = await experiment.arm(repair.id, repair.plan);
    await experiment.train([arm], drawn);
    const { estimate, variance } = experiment.difference(arm, experiment.asIs, drawn, 'outer');
    experiment.forget(arm);
    found.push({
      defect: effect.defect,
      repair: repair.id,
      title: repair.title,
      measured: { value: effect.effect, low: effect.low, high: effect.high },
      true: estimate,
      trueSe: Math.sqrt(variance),
      covered: effect.low <= estimate && estimate <= effect.high,
    });
  }
  await trainer.close();
  return found;
}
